import { z } from "zod";
import { maybe, rule } from "./rule";
import { setsPassword } from "./sql-passwords";

export const schemaPasswords = rule({
  name: "schema-passwords",
  why: "Everybody who may look at a ConfigMap reads the passwords in it, and so does everybody with the stack's state.",
  subject: z.object({
    schemaSql: maybe(z.array(z.object({ path: z.string(), sql: maybe(z.string()) }))),
  }),
  judge: ({ schemaSql = [] }) =>
    schemaSql
      .filter(({ sql = "" }) => setsPassword(sql))
      .map(({ path }) => ({
        path,
        value: "[not shown]",
        reason:
          "it sets a password, and would stand in a ConfigMap, for everybody who may look at that",
        remedy:
          "Name a Secret in `passwordSecret` of the role, or give this SQL in `schema` as a secret of Pulumi (pulumi.secret, config.requireSecret), which goes into a Secret",
      })),
});
