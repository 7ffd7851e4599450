import { databaseSecrets } from "../../resources/database-secrets";
import { judgedApart } from "../../engine/judged-apart";
import { at, stackRule } from "../../engine/rule";
import { count } from "../../engine/settings";
import { SECRET } from "../../engine/types";

export const weakPasswords = stackRule({
  name: "weak-passwords",
  group: "security",
  description: "A login has a password that cannot be guessed.",
  why: "PostgreSQL does not slow down who tries passwords, and short ones are found.",
  remediation: "Use a RandomPassword of 32 characters in stringData.password.",
  severity: "high",
  level: "mandatory",
  link: "https://www.postgresql.org/docs/current/auth-password.html",
  type: SECRET,
  settings: { leastLength: count(16, "The fewest characters of a password") },
  *judgeStack(stack, { leastLength }) {
    yield* judgedApart(databaseSecrets(stack), function* (subject) {
      const { object } = subject;
      if (object.at("type").text !== "kubernetes.io/basic-auth") return;
      const plain = object.at("stringData", "password");
      const encoded = object.at("data", "password");
      const password = plain.text ?? Buffer.from(encoded.text ?? "", "base64").toString();
      if ((!plain.isSet && !encoded.isSet) || password.length >= leastLength) return;
      yield {
        subject,
        ...at(
          plain.isSet ? plain : encoded,
          "it is short enough to be guessed",
          `Use ${leastLength} characters or more, of a RandomPassword`,
        ),
        value: "[not shown]",
      };
    });
  },
});
