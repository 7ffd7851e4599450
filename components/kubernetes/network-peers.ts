import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** A source that a NetworkPolicy allows. */
export type NetworkPeer = pulumi.Input<k8s.types.input.networking.v1.NetworkPolicyPeer>;

/** The sources that may connect: the given clients, by default the pods of the namespace; and all pods of `namespaces`. */
export function clientPeers({
  clients = [{ podSelector: {} }],
  namespaces = [],
}: {
  clients?: NetworkPeer[];
  namespaces?: pulumi.Input<string>[];
}): NetworkPeer[] {
  return [...clients, ...namespaces.map((namespace) => podsOf(namespace))];
}

/** Pods of a namespace, by the label that only the API server sets on a namespace. Without labels all of them. */
export function podsOf(
  namespace: pulumi.Input<string>,
  labels?: Record<string, string>,
): k8s.types.input.networking.v1.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    podSelector: labels && { matchLabels: labels },
  };
}

/** The rules that allow peers to connect to ports. Without peers none: to Kubernetes an empty list means every peer. */
export function admit(from: NetworkPeer[], ...ports: number[]) {
  return from.length === 0
    ? []
    : [{ from, ports: ports.map((port) => ({ protocol: "TCP", port })) }];
}
