import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import {
  CLOUDNATIVE_PG_NAMESPACE,
  OPERATOR_POD_LABELS,
} from "../../operators/cloudnative-pg/values";
import type { ClusterExposedArgs } from "../exposure/args";
import { exposedPeers } from "../exposure/spec";
import { sqlJobLabels } from "../sql-job/spec";
import type { ClusterNetworkPolicyArgs } from "./args/pods";
import { grantedRoles } from "./rules/roles/granting";
import { clusterMetadata } from "./metadata";
import { instanceLabels } from "./selector";
import type { CommonValues } from "./values-common";
import { admit, clientPeers, podsOf, type NetworkPeer } from "../../kubernetes/network-peers";
import { POSTGRES_METRICS_PORT, POSTGRES_PORT, STATUS_PORT } from "../../upstream/cloudnative-pg";
import { PRIMARY_WATCH_LABELS } from "../../upstream/primary-watch";

/**
 * A NetworkPolicy that allows only the named clients to connect to the instances. Outgoing connections are not
 * restricted: they go to replicas, archives and foreign servers.
 *
 * @see https://cloudnative-pg.io/docs/1.30/networking
 */
export function networkPolicySpec(
  clusterName: string,
  args: ClusterNetworkPolicyArgs,
  { sqlJobs = false, exposed = [] }: { sqlJobs?: boolean; exposed?: ClusterExposedArgs[] } = {},
): k8s.types.input.networking.v1.NetworkPolicySpec {
  const { replicaClusters = [], remoteReplicaClusters = [], watchNamespace } = args;
  const { metricsFrom = [{ namespaceSelector: {} }] } = args;
  const operatorNamespace = args.operatorNamespace ?? CLOUDNATIVE_PG_NAMESPACE;
  return {
    podSelector: { matchLabels: instanceLabels(clusterName) },
    policyTypes: ["Ingress"],
    ingress: [
      // Without a namespace selector: the cluster's own. Poolers and the jobs that clone replicas have the label too.
      ...admit([podsOfCluster(clusterName)], POSTGRES_PORT, STATUS_PORT),
      // Only in its own namespace: in another one anyone may label a pod like that.
      ...admit([podsOf(operatorNamespace, OPERATOR_POD_LABELS)], POSTGRES_PORT, STATUS_PORT),
      ...admit(
        [
          ...clientPeers(args),
          ...replicaClusters.map(podsOfCluster),
          // Only in its own namespace: in another one anyone may label a pod like that.
          ...remoteReplicaClusters.map(({ name, namespace }) =>
            podsOf(namespace, { "cnpg.io/cluster": name }),
          ),
        ],
        POSTGRES_PORT,
      ),
      ...admit(exposedPeers(exposed), POSTGRES_PORT),
      // By default all pods of the namespace may connect, and these are among them.
      ...(sqlJobs && args.clients ? admit([podsOfSqlJobs(clusterName)], POSTGRES_PORT) : []),
      ...(watchNamespace === undefined
        ? []
        : admit([podsOf(watchNamespace, PRIMARY_WATCH_LABELS)], POSTGRES_PORT)),
      ...admit(metricsFrom, POSTGRES_METRICS_PORT),
    ],
  };
}

/** All pods of a cluster: the Jobs that create its instances connect, too. */
function podsOfCluster(clusterName: string): NetworkPeer {
  return { podSelector: { matchLabels: { "cnpg.io/cluster": clusterName } } };
}

/** The Jobs that run SQL in the cluster's databases. */
function podsOfSqlJobs(clusterName: string): NetworkPeer {
  return { podSelector: { matchLabels: sqlJobLabels(clusterName) } };
}

/** The NetworkPolicy, unless it is switched off. */
export function createNetworkPolicy(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues,
  dependsOn: pulumi.Resource[] = [],
): k8s.networking.v1.NetworkPolicy | undefined {
  const { clusterName, networkPolicy, roles, cronJobs, exposed } = values;
  if (!networkPolicy.enabled) return undefined;
  return new k8s.networking.v1.NetworkPolicy(
    `${name}-network-policy`,
    {
      metadata: clusterMetadata(values, clusterName),
      spec: networkPolicySpec(clusterName, networkPolicy, {
        sqlJobs: grantedRoles(roles).length > 0 || cronJobs !== undefined,
        exposed,
      }),
    },
    { parent, dependsOn },
  );
}
