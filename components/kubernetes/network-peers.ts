import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Whom a NetworkPolicy lets in. */
export type NetworkPeer = pulumi.Input<k8s.types.input.networking.v1.NetworkPolicyPeer>;

/** Who may connect: the clients that are named, otherwise the pods of the namespace itself; and all pods of these namespaces. */
export function clientPeers({
  clients = [{ podSelector: {} }],
  namespaces = [],
}: {
  clients?: NetworkPeer[];
  namespaces?: pulumi.Input<string>[];
}): NetworkPeer[] {
  return [...clients, ...namespaces.map((namespace) => podsOf(namespace))];
}

/** Pods of a namespace, by the label that the API server gives each: nobody else can bear it. All of them without labels. */
export function podsOf(
  namespace: pulumi.Input<string>,
  labels?: Record<string, string>,
): k8s.types.input.networking.v1.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    ...(labels && { podSelector: { matchLabels: labels } }),
  };
}

/** The rules that let peers in to a port. None for nobody: to Kubernetes an empty list of peers means everybody. */
export function admit(from: NetworkPeer[], ...ports: number[]) {
  return from.length === 0
    ? []
    : [{ from, ports: ports.map((port) => ({ protocol: "TCP", port })) }];
}
