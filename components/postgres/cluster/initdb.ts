import type { ClusterSpecBootstrapInitdb } from "../../crds/cloudnative-pg";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { LocaleProvider } from "./args/database";
import { SqlDatabase } from "./args/sql";
import { sqlFiles, type SqlFile } from "./initial-sql/files";
import { ownerVerifierName } from "./names";
import type { ClusterValues } from "./values";
import { poolerLoginSql } from "../pooler/login";

/** The bootstrap of a new database. */
export function initdb(values: ClusterValues): WithInputs<ClusterSpecBootstrapInitdb> {
  const { clusterName, database } = values;
  const files = sqlFiles(values);
  return {
    database: database.name,
    owner: database.owner,
    secret: { name: database.ownerSecret ?? ownerVerifierName(clusterName) },
    encoding: database.encoding,
    dataChecksums: database.dataChecksums,
    ...locale(values),
    // With an authority whose key it lacks, the operator cannot do it for the poolers.
    ...(values.certificates.clientCaSecret !== undefined && { postInitSQL: poolerLoginSql() }),
    ...refs("postInitSQLRefs", files, SqlDatabase.Postgres),
    ...refs("postInitTemplateSQLRefs", files, SqlDatabase.Template),
    ...refs("postInitApplicationSQLRefs", files, SqlDatabase.Application),
  };
}

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

function locale({ database }: ClusterValues): ClusterSpecBootstrapInitdb {
  const { localeProvider, locale } = database;
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
