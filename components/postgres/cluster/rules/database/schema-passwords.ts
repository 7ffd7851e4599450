import { rule } from "../../../../contract/rule";
import { plainSql, type CreationSql } from "./schema-sql";
import { setsPassword } from "./sql-passwords";

export const schemaPasswords = rule({
  name: "schema-passwords",
  why: "Anyone who may read a ConfigMap or the stack's state can read the passwords in it.",
  *check(schema: CreationSql) {
    for (const { path, sql } of plainSql(schema)) {
      if (!setsPassword(sql)) continue;
      yield {
        path,
        value: "[not shown]",
        reason: "sets a password, which anyone who may read the ConfigMap could see",
        remedy:
          'Set password: "generated" in the role, name a Secret in its `passwordSecret`, or set this SQL as a secret of Pulumi (pulumi.secret, config.requireSecret), which is stored in a Secret',
      };
    }
  },
});
