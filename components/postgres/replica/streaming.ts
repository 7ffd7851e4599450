import type { ClusterSpecExternalClusters } from "../../crds/cloudnative-pg";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { POSTGRES_PORT } from "../../upstream/cloudnative-pg";
import type { ReplicaConnectionArgs } from "./args";

/** How a cluster streams from another one. */
export function streaming({
  host,
  port = POSTGRES_PORT,
  serverCaSecret,
  replicationTlsSecret,
}: ReplicaConnectionArgs): Partial<WithInputs<ClusterSpecExternalClusters>> {
  return {
    connectionParameters: {
      host,
      port: String(port),
      user: "streaming_replica",
      dbname: "postgres",
      sslmode: "verify-full",
    },
    sslRootCert: { name: serverCaSecret, key: "ca.crt" },
    sslCert: { name: replicationTlsSecret, key: "tls.crt" },
    sslKey: { name: replicationTlsSecret, key: "tls.key" },
  };
}
