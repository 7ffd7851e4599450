import type { ClusterSpecBootstrapInitdb } from "../../crds/cloudnative-pg";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { LocaleProvider } from "./args/database";
import { ownerVerifierName, schemaObjectName } from "./names";
import { isSchemaSecret, schemaFiles } from "./initial-sql-files";
import type { ClusterValues } from "./values";
import { poolerLoginSql } from "../pooler/login";

/** The bootstrap of a new database. */
export function initdb(values: ClusterValues): WithInputs<ClusterSpecBootstrapInitdb> {
  const { clusterName, database } = values;
  const files = Object.keys(schemaFiles(database.owner, database.extensions, values.schemaSql));
  const name = schemaObjectName(clusterName);
  const refs = isSchemaSecret(values.schemaSql) ? "secretRefs" : "configMapRefs";
  return {
    database: database.name,
    owner: database.owner,
    secret: { name: database.ownerSecret ?? ownerVerifierName(clusterName) },
    encoding: database.encoding,
    dataChecksums: database.dataChecksums,
    ...locale(values),
    // With an authority whose key it lacks, the operator cannot do it for the poolers.
    ...(values.certificates.clientCaSecret !== undefined && { postInitSQL: poolerLoginSql() }),
    ...(files.length > 0 && {
      postInitApplicationSQLRefs: { [refs]: files.map((key) => ({ name, key })) },
    }),
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
