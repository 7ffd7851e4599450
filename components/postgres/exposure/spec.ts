import type * as k8s from "@pulumi/kubernetes";
import { isIPv6 } from "node:net";
import type { NetworkPeer } from "../../kubernetes/network-peers";
import { POSTGRES_PORT } from "../../upstream/cloudnative-pg";
import { ExposedServiceType, type PoolerExposedArgs } from "./args";

/**
 * A Service of its own, beside those that the operator makes: of a pooler there is only one, whose port and type pods
 * depend on, and the address of an operator's Service is on no object that a deployment could wait for.
 */
export function exposedServiceSpec(
  { serviceType, port, sourceRanges, loadBalancerClass }: PoolerExposedArgs,
  selector: Record<string, string>,
): k8s.types.input.core.v1.ServiceSpec {
  const onNodes = serviceType === ExposedServiceType.NodePort;
  return {
    type: serviceType ?? ExposedServiceType.LoadBalancer,
    // Nodes that pass a client on to another node show it their own address instead of the client's, and no NetworkPolicy
    // could tell the one that is meant from any other.
    externalTrafficPolicy: "Local",
    selector,
    ports: [
      {
        name: "postgresql",
        protocol: "TCP",
        port: (onNodes ? undefined : port) ?? POSTGRES_PORT,
        targetPort: POSTGRES_PORT,
        ...(onNodes && port !== undefined && { nodePort: port }),
      },
    ],
    ...(!onNodes && {
      loadBalancerSourceRanges: sourceRanges,
      ...(loadBalancerClass !== undefined && { loadBalancerClass }),
    }),
    ...(sourceRanges.some((range) => isIPv6(range.split("/")[0] ?? "")) && {
      ipFamilyPolicy: "PreferDualStack",
    }),
  };
}

/** The clients outside of Kubernetes that may connect. */
export function exposedPeers(exposed: readonly PoolerExposedArgs[]): NetworkPeer[] {
  const ranges = new Set(exposed.flatMap(({ sourceRanges }) => sourceRanges));
  return [...ranges].map((cidr) => ({ ipBlock: { cidr } }));
}

/** The names by which all of them are reached. */
export function externalNamesOf(exposed: readonly PoolerExposedArgs[]): string[] {
  return [...new Set(exposed.flatMap(({ externalNames = [] }) => externalNames))];
}
