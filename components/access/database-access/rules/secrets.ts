import { rule } from "../../../contract/rule";
import type { DatabaseAccessArgs } from "../args";

export const accessSecrets = rule({
  name: "access-secrets",
  why: "Only admins read Secrets, and each once.",
  *check(
    { admins = [], secrets = [] }: Pick<DatabaseAccessArgs, "admins" | "secrets">,
    isMalformed,
  ) {
    if (secrets.length > 0 && admins.length === 0 && !isMalformed("admins")) {
      yield {
        path: "secrets",
        value: "[not shown]",
        reason: "would be read by nobody: only admins read Secrets",
        remedy: "Add admins, or remove it",
      };
    }
    yield* secrets.flatMap((name, index) =>
      typeof name === "string" && secrets.indexOf(name) < index
        ? [
            {
              path: `secrets[${index}]`,
              value: name,
              reason: "must not be named twice",
              remedy: "Remove it here",
            },
          ]
        : [],
    );
  },
});
