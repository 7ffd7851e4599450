import type { ClusterDatabaseArgs } from "../../args/database";
import type { OfSomeKinds } from "../some-kinds";

/** The locale that a database is created with. One that comes with its data has that of its source. */
export type InitialLocale = OfSomeKinds<
  Pick<ClusterDatabaseArgs, "localeProvider" | "locale" | "encoding">
>;
