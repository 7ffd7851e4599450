import { databaseSecrets } from "../../resources/database-secrets";
import { judgedApart } from "../../engine/judged-apart";
import { at, stackRule } from "../../engine/rule";
import { SECRET } from "../../engine/types";

export const secretEncrypted = stackRule({
  name: "secret-encrypted",
  group: "security",
  description: "What a Secret of a database holds is encrypted in the stack's state.",
  why: "The state is copied to laptops and buckets, and a plain password in it is a leaked one.",
  remediation: "Declare the Secret with additionalSecretOutputs: [data, stringData].",
  severity: "critical",
  level: "mandatory",
  link: "https://www.pulumi.com/docs/iac/concepts/secrets/",
  type: SECRET,
  *judgeStack(stack) {
    yield* judgedApart(databaseSecrets(stack), function* (subject) {
      const { object, additionalSecretOutputs } = subject;
      for (const field of ["data", "stringData"]) {
        if (additionalSecretOutputs.includes(field)) continue;
        const part = object.at(field);
        if (part.entries.length === 0) continue;
        yield {
          subject,
          ...at(
            part,
            "it is kept in the stack's state as plain text",
            `Add additionalSecretOutputs: ["data", "stringData"] to its options`,
          ),
          value: "[not shown]",
        };
      }
    });
  },
});
