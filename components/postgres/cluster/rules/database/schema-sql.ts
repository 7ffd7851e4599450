import type * as pulumi from "@pulumi/pulumi";
import type { OfSomeKinds } from "../some-kinds";

/** The SQL that a database is created with, piece by piece. A database that comes with its data has none. */
export type CreationSql = OfSomeKinds<{
  initialSql: { path: string; text?: pulumi.Input<string> }[];
}>;

/** The pieces that are known. Outputs and what is elsewhere are left to PostgreSQL. */
export function plainSql({ initialSql = [] }: CreationSql): { path: string; sql: string }[] {
  return initialSql.flatMap(({ path, text }) =>
    typeof text === "string" ? [{ path, sql: text }] : [],
  );
}
