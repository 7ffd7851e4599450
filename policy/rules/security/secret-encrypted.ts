import { databaseSecrets } from "../../resources/database-secrets";
import { checkEach } from "../../engine/check-each";
import { at, stackRule } from "../../engine/rule";
import { SECRET } from "../../engine/types";

export const secretEncrypted = stackRule({
  name: "secret-encrypted",
  group: "security",
  description: "The data of a database's Secret is encrypted in the stack's state.",
  why: "The state is copied to laptops and buckets, and a plain password in it is leaked.",
  remediation: "Declare the Secret with additionalSecretOutputs: [data, stringData].",
  severity: "critical",
  level: "mandatory",
  link: "https://www.pulumi.com/docs/iac/concepts/secrets/",
  type: SECRET,
  *checkStack(stack) {
    yield* checkEach(databaseSecrets(stack), function* (resource) {
      const { object, additionalSecretOutputs } = resource;
      for (const field of ["data", "stringData"]) {
        if (additionalSecretOutputs.includes(field)) continue;
        const part = object.at(field);
        if (part.entries.length === 0) continue;
        yield {
          resource,
          ...at(
            part,
            "is stored in the stack's state as plain text",
            `Add additionalSecretOutputs: ["data", "stringData"] to its options`,
          ),
          value: "[not shown]",
        };
      }
    });
  },
});
