import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpecBootstrapInitdb } from "../../crds/cloudnative-pg";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { LocaleProvider } from "./args/database";
import { SqlDatabase } from "./args/sql";
import { sqlFiles, type SqlFile } from "./initial-sql/files";
import { ownerVerifierName } from "./names";
import type { ClusterValues } from "./values";
import type { CommonValues } from "./values-common";
import { poolerLoginSql } from "../pooler/login";

/** The bootstrap of a new database. */
export function initdb(values: ClusterValues): WithInputs<ClusterSpecBootstrapInitdb> {
  const files = sqlFiles(values);
  return {
    ...emptyInitdb(values, values.database),
    ...refs("postInitSQLRefs", files, SqlDatabase.Postgres),
    ...refs("postInitTemplateSQLRefs", files, SqlDatabase.Template),
    ...refs("postInitApplicationSQLRefs", files, SqlDatabase.Application),
  };
}

/** The bootstrap of one without any SQL. */
export function emptyInitdb(
  { clusterName, certificates }: CommonValues,
  database: EmptyDatabase,
): WithInputs<ClusterSpecBootstrapInitdb> {
  return {
    database: database.name,
    owner: database.owner,
    secret: { name: database.ownerSecret ?? ownerVerifierName(clusterName) },
    encoding: database.encoding,
    dataChecksums: database.dataChecksums,
    ...locale(database),
    // With an authority whose key it lacks, the operator cannot do it for the poolers.
    ...(certificates.clientCaSecret !== undefined && { postInitSQL: poolerLoginSql() }),
  };
}

/** What initdb is told of a database; the names may be Outputs. */
export type EmptyDatabase = Pick<
  ClusterValues["database"],
  "ownerSecret" | "encoding" | "dataChecksums" | "localeProvider" | "locale"
> & { name: pulumi.Input<string>; owner: pulumi.Input<string> };

function refs(field: string, files: readonly SqlFile[], database: SqlDatabase) {
  const of = (kind: SqlFile["kind"]) =>
    files.flatMap((file) =>
      file.in === database && file.kind === kind ? [{ name: file.name, key: file.key }] : [],
    );
  const [secretRefs, configMapRefs] = [of("Secret"), of("ConfigMap")];
  if (secretRefs.length + configMapRefs.length === 0) return {};
  return {
    [field]: {
      ...(secretRefs.length > 0 && { secretRefs }),
      ...(configMapRefs.length > 0 && { configMapRefs }),
    },
  };
}

function locale({
  localeProvider,
  locale,
}: Pick<EmptyDatabase, "localeProvider" | "locale">): ClusterSpecBootstrapInitdb {
  switch (localeProvider) {
    case LocaleProvider.Builtin:
      return { localeProvider, builtinLocale: locale };
    case LocaleProvider.Icu:
      return { localeProvider, icuLocale: locale };
    case LocaleProvider.Libc:
      // Not `locale`: the operator defaults these two to "C", and initdb prefers them. The provider is not set, because
      // initdb knows the option only since 15.
      return { localeCollate: locale ?? "C", localeCType: locale ?? "C.UTF-8" };
  }
}
