import { contract } from "../../contract/contract";
import { labelsFree } from "../../formats/labels";
import type { DatabaseAliasArgs } from "./args";
import { aliasName } from "./rules/name";
import { databaseAliasSchema } from "./schema";

/** An alias with every default filled in. */
export type AliasValues = DatabaseAliasArgs & { aliasName: string; labels: Record<string, string> };

/** The contract of DatabaseAlias. */
export const databaseAlias = contract<DatabaseAliasArgs, AliasValues>({
  component: "DatabaseAlias",
  schema: databaseAliasSchema,
  rules: [aliasName, labelsFree],
  fill: (args, name) => ({
    ...args,
    aliasName: args.aliasName ?? name,
    labels: args.labels ?? {},
  }),
  secrets: /^credentials\b/,
});
