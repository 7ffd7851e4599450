import type { z } from "zod";
import { databaseAccessSchema } from "../../components/access/database-access/schema";

/** The access of a stack: the program knows the namespaces. */
export const accessSchema = databaseAccessSchema.omit({ namespace: true, accessName: true });

export type AccessConfig = z.output<typeof accessSchema>;
