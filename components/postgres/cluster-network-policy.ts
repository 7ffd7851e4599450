import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterNetworkPolicyArgs } from "./cluster-args-pods";
import { clusterMetadata } from "./cluster-metadata";
import { POSTGRES_PORT } from "./cluster-names";
import { instanceLabels } from "./cluster-spec";
import type { CommonValues } from "./cluster-values-common";

/** The instance manager: the operator asks it for the status, instances ask each other whether they are isolated. */
const STATUS_PORT = 8000;
const METRICS_PORT = 9187;

/**
 * Who may connect to the instances; everybody else may not. Outgoing connections are free: to replicas, archives and
 * foreign servers.
 *
 * Upstream: https://cloudnative-pg.io/docs/1.30/networking
 */
export function networkPolicySpec(
  clusterName: string,
  { clients, metricsFrom }: ClusterNetworkPolicyArgs,
): k8s.types.input.networking.v1.NetworkPolicySpec {
  return {
    podSelector: { matchLabels: instanceLabels(clusterName) },
    policyTypes: ["Ingress"],
    ingress: [
      // Without a namespace selector: the cluster's own. Poolers and the jobs that clone replicas bear the label too.
      allow([POSTGRES_PORT, STATUS_PORT], {
        podSelector: { matchLabels: { "cnpg.io/cluster": clusterName } },
      }),
      // Any namespace, because only its administrator knows where the operator runs.
      allow([POSTGRES_PORT, STATUS_PORT], {
        namespaceSelector: {},
        podSelector: { matchLabels: { "app.kubernetes.io/name": "cloudnative-pg" } },
      }),
      ...allowList(POSTGRES_PORT, clients ?? [{ podSelector: {} }]),
      ...allowList(METRICS_PORT, metricsFrom ?? [{ namespaceSelector: {} }]),
    ],
  };
}

type Peer = pulumi.Input<k8s.types.input.networking.v1.NetworkPolicyPeer>;

function allow(ports: number[], from: Peer) {
  return { from: [from], ports: ports.map((port) => ({ protocol: "TCP", port })) };
}

/** No rule for nobody: to Kubernetes an empty list of peers means everybody. */
function allowList(port: number, from: Peer[]) {
  return from.length === 0 ? [] : [{ from, ports: [{ protocol: "TCP", port }] }];
}

/** The NetworkPolicy, unless it is switched off. */
export function createNetworkPolicy(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues,
): k8s.networking.v1.NetworkPolicy | undefined {
  const { clusterName, networkPolicy } = values;
  if (!networkPolicy.enabled) return undefined;
  return new k8s.networking.v1.NetworkPolicy(
    `${name}-network-policy`,
    {
      metadata: clusterMetadata(values, clusterName),
      spec: networkPolicySpec(clusterName, networkPolicy),
    },
    { parent },
  );
}
