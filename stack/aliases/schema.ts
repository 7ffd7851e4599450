import { z } from "zod";
import { databaseNamespace } from "../namespaces/schema";
import { databaseAliasSchema } from "../../components/postgres/alias/schema";

/** An alias of a stack. */
export const aliasSchema = databaseAliasSchema.omit({ namespace: true, credentials: true }).extend({
  cluster: z
    .string()
    .describe(
      "Key of the database in `clusters`, `recoveries`, `replicas` or `imports` that clients reach. A change updates the Services in " +
        "place: new connections lead to the other database at once, open ones stay where they are.",
    ),
  namespace: databaseNamespace.describe(
    "Its namespace, one of `namespaces`, in which all databases are that it ever leads to. **A change replaces it.** Default: " +
      "the stack's `namespace`.",
  ),
});

export type AliasConfig = z.output<typeof aliasSchema>;
