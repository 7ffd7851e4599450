import { areUnrestricted, rangeOf, without } from "../../../components/formats/ip-ranges";
import type { Part } from "../../engine/part";
import type { Resource } from "../../engine/resource";
import { PodSelectors } from "./selectors";
import { namespaceOf, selects, type Stack } from "../../engine/stack";
import { NETWORK_POLICY } from "../../engine/types";

/** The label of each namespace that Kubernetes itself sets, to its name. */
export const NAMESPACE_NAME = "kubernetes.io/metadata.name";

/** The NetworkPolicies of a stack that limit ingress. */
export function ingressPolicies(stack: Stack): Resource[] {
  return stack.ofType(NETWORK_POLICY).filter(limitsIngress);
}

/** A policy that names no type is for ingress. */
function limitsIngress({ object }: Resource): boolean {
  const types = object.at("spec", "policyTypes").items.map((item) => item.text);
  return types.length === 0 || types.includes("Ingress");
}

/** The pods that the ingress policies of a stack select. */
export function protectedPods(stack: Stack, label: string): PodSelectors {
  const policies = ingressPolicies(stack).map((policy) => () => ({
    selector: policy.object.at("spec", "podSelector"),
    namespace: namespaceOf(policy),
  }));
  return new PodSelectors(label, policies);
}

/** Whether a rule of `spec.ingress` is for a port, given by number and by the name that pods have for it. */
export function opensPort(rule: Part, number: number, name: string): boolean {
  const ports = rule.at("ports").items;
  if (ports.length === 0) return true;
  return ports.some((entry) => {
    if ((entry.at("protocol").text ?? "TCP") !== "TCP") return false;
    const port = entry.at("port").scalar;
    if (port === undefined || port === name) return true;
    const last = entry.at("endPort").number ?? Number(port);
    return Number(port) <= number && number <= last;
  });
}

/** Whether a rule allows all sources, or so many that it restricts no client. */
export function isUnrestricted(rule: Part): boolean {
  const peers = rule.at("from").items;
  if (peers.length === 0 || peers.some(isEveryPod)) return true;
  const ranges = peers.flatMap((peer) => {
    const range = rangeOf(peer.at("ipBlock", "cidr").text ?? "");
    const exceptions = peer.at("ipBlock", "except").items;
    return without(
      range ? [range] : [],
      exceptions.flatMap((part) => rangeOf(part.text ?? "") ?? []),
    );
  });
  return areUnrestricted(ranges);
}

/** Whether a peer is all pods of all namespaces, as without any policy. */
function isEveryPod(peer: Part): boolean {
  if (peer.at("ipBlock").isSet) return false;
  const namespaces = peer.at("namespaceSelector");
  if (!namespaces.isSet) return peer.entries.length === 0;
  return selectsAll(namespaces, [NAMESPACE_NAME]) && selectsAll(peer.at("podSelector"), []);
}

/** Whether a selector requires nothing, or only labels that all objects have. */
function selectsAll(selector: Part, labelsOfAll: readonly string[]): boolean {
  if (selector.at("matchLabels").entries.length > 0) return false;
  return selector
    .at("matchExpressions")
    .items.every(
      (expression) =>
        expression.at("operator").text === "Exists" &&
        labelsOfAll.includes(expression.at("key").text ?? ""),
    );
}

/** A pod that must be allowed. A selector for a label that is not known counts as selecting it. */
export interface Caller {
  /** Undefined if it is not known, but is not the policy's. */
  namespace: string | undefined;
  labels: Readonly<Record<string, string>>;
}

/** Whether a rule of a policy in `namespace` may allow the caller. */
export function admits(rule: Part, namespace: string, caller: Caller): boolean {
  const peers = rule.at("from").items;
  return peers.length === 0 || peers.some((peer) => isFrom(peer, namespace, caller));
}

function isFrom(peer: Part, namespace: string, caller: Caller): boolean {
  // The addresses of pods are not known.
  if (peer.at("ipBlock").isSet) return true;
  const namespaces = peer.at("namespaceSelector");
  if (!namespaces.isSet && caller.namespace !== namespace) return false;
  if (namespaces.isSet && caller.namespace !== undefined) {
    if (!maySelect(namespaces, { [NAMESPACE_NAME]: caller.namespace })) return false;
  }
  return maySelect(peer.at("podSelector"), caller.labels);
}

function maySelect(selector: Part, known: Readonly<Record<string, string>>): boolean {
  const asked = [
    ...Object.entries(selector.at("matchLabels").texts),
    ...selector
      .at("matchExpressions")
      .items.map((expression) => [expression.at("key").text ?? "", undefined] as const),
  ];
  const unknown = asked.filter(([key]) => !Object.hasOwn(known, key));
  if (unknown.length === 0) return selects(selector, known);
  return Object.entries(selector.at("matchLabels").texts).every(
    ([key, value]) => !Object.hasOwn(known, key) || known[key] === value,
  );
}
