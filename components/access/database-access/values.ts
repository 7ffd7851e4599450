import { contract } from "../../contract/contract";
import type { DatabaseAccessArgs } from "./args";
import { accessSecrets } from "./rules/secrets";
import { accessSubjects } from "./rules/subjects";
import { databaseAccessSchema } from "./schema";

export type DatabaseAccessValues = DatabaseAccessArgs & { accessName: string };

/** The contract of DatabaseAccess. */
export const databaseAccess = contract<DatabaseAccessArgs, DatabaseAccessValues>({
  component: "DatabaseAccess",
  schema: databaseAccessSchema,
  rules: [accessSubjects, accessSecrets],
  named: (args, name) => ({ ...args, accessName: args.accessName ?? name }),
  fill: (args, name) => ({ ...args, accessName: args.accessName ?? name }),
});
