import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpecExternalClusters, ClusterSpecReplica } from "../../crds/cloudnative-pg";
import type { WithInputs } from "../../kubernetes/with-inputs";
import type { ClusterOrigin } from "../cluster/spec";
import { ORIGIN, recoveryOrigin } from "../recovery/source";
import type { ReplicaConnectionArgs } from "./args";
import type { ReplicaValues } from "./values";
import { POSTGRES_PORT } from "../../upstream/cloudnative-pg";

/**
 * The origin of a cluster that follows another one, or did until the promotion.
 *
 * It sets `enabled` and not `primary`: the latter is for clusters that all know each other and can exchange their
 * roles.
 */
export function replicaOrigin(
  values: ReplicaValues,
  objectStore: pulumi.Output<string>,
): ClusterOrigin {
  const { connection, minApplyDelay, promote, promotionToken } = values;
  const replica: WithInputs<ClusterSpecReplica> = {
    enabled: !promote,
    source: ORIGIN,
    minApplyDelay,
    promotionToken,
  };
  const origin = recoveryOrigin(values, objectStore, {}, connection && streaming(connection));
  return { ...origin, replica };
}

function streaming({
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
