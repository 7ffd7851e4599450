import type { ClusterSpecBootstrapInitdb } from "../crds/cloudnative-pg";
import type { WithInputs } from "../with-inputs";
import { LocaleProvider } from "./cluster-args-database";
import { ownerSecretName, schemaObjectName } from "./cluster-names";
import { isSchemaSecret, schemaFiles } from "./cluster-schema";
import type { ClusterValues } from "./cluster-values";
import { poolerLoginSql } from "./pooler-login";

/** A database from nothing. */
export function initdb(values: ClusterValues): WithInputs<ClusterSpecBootstrapInitdb> {
  const { clusterName, database } = values;
  const files = Object.keys(schemaFiles(database.owner, database.extensions, values.schemaSql));
  const name = schemaObjectName(clusterName);
  const refs = isSchemaSecret(values.schemaSql) ? "secretRefs" : "configMapRefs";
  return {
    database: database.name,
    owner: database.owner,
    secret: { name: database.ownerSecret ?? ownerSecretName(clusterName) },
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
      // Not `locale`: the operator defaults these two to "C", and initdb prefers them. The provider stays unsaid,
      // because initdb knows the option since 15 only.
      return { localeCollate: locale ?? "C", localeCType: locale ?? "C.UTF-8" };
  }
}
