import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpecExternalClusters, ClusterSpecReplica } from "../../crds/cloudnative-pg";
import type { WithInputs } from "../../kubernetes/with-inputs";
import type { ClusterOrigin } from "../cluster/spec";
import { ORIGIN, recoveryOrigin } from "../recovery/source";
import type { ReplicaConnectionArgs } from "./args";
import type { ReplicaValues } from "./values";
import { POSTGRES_PORT } from "../../upstream/cloudnative-pg";

/**
 * Another cluster that is followed, or was until the promotion.
 *
 * By `enabled` and not by `primary`: the latter is for clusters that all know each other, and can be changed into one another.
 */
export function replicaOrigin(
  values: ReplicaValues,
  objectStore: pulumi.Output<string>,
): ClusterOrigin {
  const { connection, minApplyDelay, promote, promotionToken } = values;
  const replica: WithInputs<ClusterSpecReplica> = {
    enabled: !promote,
    source: ORIGIN,
    ...(minApplyDelay !== undefined && { minApplyDelay }),
    ...(promotionToken !== undefined && { promotionToken }),
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
