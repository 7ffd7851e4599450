import { z } from "zod";
import { namespaceName, objectName } from "../../formats/names";
import { input, type Fields } from "../../contract/schema";
import { credentialsSchema } from "../pooler/schema";
import type { DatabaseAliasArgs } from "./args";

/** The schema of DatabaseAliasArgs. */
export const databaseAliasSchema = z.strictObject({
  namespace: input(namespaceName),
  cluster: input(objectName),
  credentials: input(credentialsSchema).optional(),
  aliasName: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
} satisfies Fields<DatabaseAliasArgs>);
