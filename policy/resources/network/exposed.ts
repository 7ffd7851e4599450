import { areUnrestricted, rangeOf } from "../../../components/formats/ip-ranges";
import type { Violation } from "../../../components/contract/violation";
import type { Part } from "../../engine/part";
import { at } from "../../engine/rule";

/** The annotation that preceded `loadBalancerSourceRanges`. */
const RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** Annotations by which clouds create a load balancer that only their own network can reach. */
const INTERNAL: Readonly<Record<string, RegExp>> = {
  "service.beta.kubernetes.io/aws-load-balancer-scheme": /^internal$/,
  "service.beta.kubernetes.io/aws-load-balancer-internal": /^(true|0\.0\.0\.0\/0)$/,
  "service.beta.kubernetes.io/azure-load-balancer-internal": /^true$/,
  "networking.gke.io/load-balancer-type": /^internal$/i,
  "cloud.google.com/load-balancer-type": /^internal$/i,
  "service.beta.kubernetes.io/openstack-internal-load-balancer": /^true$/,
  "service.beta.kubernetes.io/oci-load-balancer-internal": /^true$/,
  "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": /^private$/,
  "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": /^intranet$/,
  "service.beta.kubernetes.io/do-loadbalancer-network": /^internal$/i,
  "load-balancer.hetzner.cloud/disable-public-network": /^true$/,
  "service.beta.kubernetes.io/scw-loadbalancer-private": /^true$/,
};

/** Violations of a Service, or of a template of one, that can be reached from anywhere. */
export function* exposed(service: Part): Generator<Violation> {
  const spec = service.at("spec");
  const type = spec.at("type");
  // With "Local" pods see the client's own address, and other rules demand a NetworkPolicy that names who may come.
  if (type.text === "NodePort" && spec.at("externalTrafficPolicy").text !== "Local") {
    yield at(
      type,
      "opens a port on every host, and a NetworkPolicy sees the host's address instead of the client's",
      "Set externalTrafficPolicy: Local and name the clients in a NetworkPolicy, or use LoadBalancer with loadBalancerSourceRanges",
    );
  }
  const addresses = spec.at("externalIPs");
  if (addresses.items.length > 0) {
    yield at(addresses, "every host accepts traffic for these addresses", "Remove it");
  }
  if (type.text !== "LoadBalancer") return;
  const annotations = service.at("metadata", "annotations");
  if (Object.entries(INTERNAL).some(([key, value]) => value.test(annotations.at(key).text ?? "")))
    return;
  const ranges = spec.at("loadBalancerSourceRanges");
  const named = ranges.items.map((range) => range.text ?? "");
  const older = (annotations.at(RANGES).text ?? "").split(",").filter((range) => range !== "");
  const allowed = named.length > 0 ? named : older;
  if (allowed.length > 0 && !areUnrestricted(allowed.flatMap((text) => rangeOf(text.trim()) ?? [])))
    return;
  yield at(
    ranges,
    "any client that can reach the load balancer may try to log in",
    "Set it to the addresses of your clients",
  );
}
