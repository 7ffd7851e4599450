import type * as pulumi from "@pulumi/pulumi";
import type { OfSomeKinds } from "../some-kinds";

/** The schema that a database is created with, piece by piece. A database that comes with its data has none. */
export type InitialSchema = OfSomeKinds<{
  schemaSql: { path: string; sql: pulumi.Input<string> }[];
}>;

/** The pieces that are known. Outputs and secrets are left to PostgreSQL. */
export function plainSql({ schemaSql = [] }: InitialSchema): { path: string; sql: string }[] {
  return schemaSql.flatMap(({ path, sql }) => (typeof sql === "string" ? [{ path, sql }] : []));
}
