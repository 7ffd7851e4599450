import { databaseSecrets } from "../../resources/database-secrets";
import { checkEach } from "../../engine/check-each";
import { at, stackRule } from "../../engine/rule";
import { count } from "../../engine/settings";
import { SECRET } from "../../engine/types";

export const weakPasswords = stackRule({
  name: "weak-passwords",
  group: "security",
  description: "A login has a password that cannot be guessed.",
  why: "PostgreSQL does not limit login attempts, so short passwords can be guessed.",
  remediation: "Use a RandomPassword of 32 characters in stringData.password.",
  severity: "high",
  level: "mandatory",
  link: "https://www.postgresql.org/docs/current/auth-password.html",
  type: SECRET,
  settings: { leastLength: count(16, "The minimum number of characters of a password") },
  *checkStack(stack, { leastLength }) {
    yield* checkEach(databaseSecrets(stack), function* (resource) {
      const { object } = resource;
      if (object.at("type").text !== "kubernetes.io/basic-auth") return;
      const plain = object.at("stringData", "password");
      const encoded = object.at("data", "password");
      const password = plain.text ?? Buffer.from(encoded.text ?? "", "base64").toString();
      if ((!plain.isSet && !encoded.isSet) || password.length >= leastLength) return;
      yield {
        resource,
        ...at(
          plain.isSet ? plain : encoded,
          "is short enough to be guessed",
          `Use ${leastLength} characters or more, of a RandomPassword`,
        ),
        value: "[not shown]",
      };
    });
  },
});
