import type {
  ClusterSpecBootstrapInitdbImport,
  ClusterSpecExternalClusters,
} from "../../crds/cloudnative-pg";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { emptyInitdb } from "../cluster/initdb";
import { ownerVerifierName } from "../cluster/names";
import type { ClusterOrigin } from "../cluster/spec";
import { ImportMethod } from "./args";
import type { ImportedValues } from "./values";

/** The name by which the cluster refers to the server. */
const SERVER = "server";

/** The origin of a cluster whose data come from a running server. */
export function importOrigin(values: ImportedValues): ClusterOrigin {
  const { clusterName, database } = values;
  const { method } = values.import;
  return {
    bootstrap:
      method === ImportMethod.BaseBackup
        ? {
            pg_basebackup: {
              source: SERVER,
              database: database.name,
              owner: database.owner,
              secret: { name: database.ownerSecret ?? ownerVerifierName(clusterName) },
            },
          }
        : { initdb: { ...emptyInitdb(values, database), import: importSpec(values, method) } },
    externalClusters: [serverSpec(values)],
  };
}

function importSpec(
  { import: content }: ImportedValues,
  type: ClusterSpecBootstrapInitdbImport["type"],
): WithInputs<ClusterSpecBootstrapInitdbImport> {
  const { databases, roles, schemaOnly } = content;
  return {
    type,
    source: { externalCluster: SERVER },
    databases,
    ...(type === ImportMethod.Monolith && roles.length > 0 && { roles }),
    ...(schemaOnly && { schemaOnly }),
    postImportApplicationSQL: content.postImportApplicationSQL,
    pgDumpExtraOptions: content.pgDumpExtraOptions,
    pgRestoreExtraOptions: content.pgRestoreExtraOptions,
    pgRestorePredataOptions: content.pgRestorePredataOptions,
    pgRestoreDataOptions: content.pgRestoreDataOptions,
    pgRestorePostdataOptions: content.pgRestorePostdataOptions,
  };
}

function serverSpec({ server }: ImportedValues): WithInputs<ClusterSpecExternalClusters> {
  const { host, port, user, sslMode, passwordSecret, tlsSecret, caSecret } = server;
  return {
    name: SERVER,
    connectionParameters: { host, port: String(port), user, dbname: "postgres", sslmode: sslMode },
    ...(passwordSecret && { password: { ...passwordSecret } }),
    ...(caSecret && { sslRootCert: { ...caSecret } }),
    ...(tlsSecret !== undefined && {
      sslCert: { name: tlsSecret, key: "tls.crt" },
      sslKey: { name: tlsSecret, key: "tls.key" },
    }),
  };
}
