import * as pulumi from "@pulumi/pulumi";
import type * as k8s from "@pulumi/kubernetes";
import { identityOf } from "../../backup/identity";
import { sidecarValues, walFilesAtOnce } from "../../backup/values";
import { SynchronousMethod } from "../cluster/args/synchronous";
import type { ClusterReplicaArgs } from "../cluster/args/replica";
import type { ClusterOrigin } from "../cluster/spec";
import type { CommonValues } from "../cluster/values-common";
import { createSource, ORIGIN, originSpec } from "../recovery/source";
import { streaming } from "../replica/streaming";

/** Until when a deployment that demotes a cluster waits, beside what it waits for anyway. */
export const DEMOTED = "jsonpath={.status.demotionToken}";

/** The values of a cluster, and the other one of the pair if there is one. */
export type PairedValues = CommonValues & { replica?: ClusterReplicaArgs | undefined };

/**
 * The other cluster of a pair, as a cluster is declared with it from the beginning: what a demotion would add later may restart
 * the instances, because the plugin mounts what it needs of the other store.
 *
 * It is `enabled`, as in a ReplicaCluster, and not `primary` and `self`: the operator compares names there and takes the same
 * steps, while a ReplicaCluster that exists would have to get other names for its source.
 *
 * @see IsReplica of api/v1/cluster_funcs.go and pkg/reconciler/replicaclusterswitch of
 * https://github.com/cloudnative-pg/cloudnative-pg/tree/v1.30.1
 */
export function createPair(
  parent: pulumi.Resource,
  name: string,
  values: PairedValues,
): Omit<ClusterOrigin, "bootstrap"> {
  const { replica, backup } = values;
  if (!replica) return {};
  const { enabled, source, connection, promotionToken } = replica;
  const sidecarResources = sidecarValues(undefined);
  const sourceValues = {
    ...source,
    sidecarResources,
    maxParallel: walFilesAtOnce(sidecarResources),
  };
  const store = createSource(parent, name, { ...values, source: sourceValues });
  return {
    externalClusters: [
      { ...originSpec({ source: sourceValues }, store), ...(connection && streaming(connection)) },
    ],
    ...identityOf([backup?.store, source.store]),
    replica: { enabled, source: ORIGIN, ...(promotionToken !== undefined && { promotionToken }) },
  };
}

/**
 * The values without synchronous replication: a replica has no commits to wait for, and with failoverQuorum the
 * operator, which finds no proof of the last commits there, would never fail over within it. Both take effect with the
 * promotion, without a restart.
 */
export function asynchronous<Values extends CommonValues>(values: Values): Values {
  const { synchronous } = values;
  return { ...values, synchronous: { ...synchronous, method: SynchronousMethod.Off } };
}

/**
 * The token of a cluster that has been demoted.
 *
 * @throws Error if there is none: promoted without it, the other cluster would lack what was written last.
 */
export function demotionTokenOf(
  cluster: k8s.apiextensions.CustomResource,
  clusterName: string,
): pulumi.Output<string> {
  const { status } = cluster as unknown as { status: pulumi.Output<Status | undefined> };
  return status.apply((now) => {
    const token = now?.demotionToken ?? "";
    if (token === "" && !pulumi.runtime.isDryRun()) {
      throw new Error(
        `${clusterName} is demoted and has no demotion token. See what it says: kubectl describe cluster ${clusterName}`,
      );
    }
    return token;
  });
}

interface Status {
  demotionToken?: string;
}
