import { rule } from "../../../../contract/rule";
import { plainSql, type InitialSchema } from "./schema-sql";
import { setsPassword } from "./sql-passwords";

export const schemaPasswords = rule({
  name: "schema-passwords",
  why: "Everybody who may look at a ConfigMap reads the passwords in it, and so does everybody with the stack's state.",
  *check(schema: InitialSchema) {
    for (const { path, sql } of plainSql(schema)) {
      if (!setsPassword(sql)) continue;
      yield {
        path,
        value: "[not shown]",
        reason:
          "it sets a password, and would stand in a ConfigMap, for everybody who may look at that",
        remedy:
          "Name a Secret in `passwordSecret` of the role, or give this SQL in `schema` as a secret of Pulumi (pulumi.secret, config.requireSecret), which goes into a Secret",
      };
    }
  },
});
