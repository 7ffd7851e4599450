import type { ClusterDatabaseArgs } from "../../args/database";
import type { OfSomeKinds } from "../some-kinds";

/** The locale that a database is created with. A database that comes with its data has that of its source. */
export type InitialLocale = OfSomeKinds<
  Pick<ClusterDatabaseArgs, "localeProvider" | "locale" | "encoding">
>;
