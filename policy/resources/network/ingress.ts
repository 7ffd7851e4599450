import { rangeOf, without } from "../../../components/formats/ip-ranges";
import { isEverybody } from "./everybody";
import type { Part } from "../../engine/part";
import type { Subject } from "../../engine/subject";
import { PodSelectors } from "./selectors";
import { namespaceOf, selects, type Stack } from "../../engine/stack";
import { NETWORK_POLICY } from "../../engine/types";

/** The label of each namespace that Kubernetes itself sets, to its name. */
export const NAMESPACE_NAME = "kubernetes.io/metadata.name";

/** The NetworkPolicies of a stack that say who may come in. */
export function ingressPolicies(stack: Stack): Subject[] {
  return stack.ofType(NETWORK_POLICY).filter(limitsIngress);
}

/** Where no type is named a policy is for what comes in. */
function limitsIngress({ object }: Subject): boolean {
  const types = object.at("spec", "policyTypes").items.map((item) => item.text);
  return types.length === 0 || types.includes("Ingress");
}

/** The pods that they select. */
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

/** Whether a rule is for everybody, or for so many that it makes no difference. */
export function isForEverybody(rule: Part): boolean {
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
  return isEverybody(ranges);
}

/** All pods of all namespaces, as without any policy. */
function isEveryPod(peer: Part): boolean {
  if (peer.at("ipBlock").isSet) return false;
  const namespaces = peer.at("namespaceSelector");
  if (!namespaces.isSet) return peer.entries.length === 0;
  return takesAll(namespaces, [NAMESPACE_NAME]) && takesAll(peer.at("podSelector"), []);
}

/** Whether a selector asks for nothing, or for labels alone that all have. */
function takesAll(selector: Part, labelsOfAll: readonly string[]): boolean {
  if (selector.at("matchLabels").entries.length > 0) return false;
  return selector
    .at("matchExpressions")
    .items.every(
      (expression) =>
        expression.at("operator").text === "Exists" &&
        labelsOfAll.includes(expression.at("key").text ?? ""),
    );
}

/** A pod that has to be let in. Of labels that are not known whoever asks for them is taken at his word. */
export interface Caller {
  /** Undefined for one that is not the policy's, and otherwise unknown. */
  namespace: string | undefined;
  labels: Readonly<Record<string, string>>;
}

/** Whether a rule of a policy in `namespace` may let the caller in. */
export function admits(rule: Part, namespace: string, caller: Caller): boolean {
  const peers = rule.at("from").items;
  return peers.length === 0 || peers.some((peer) => isFrom(peer, namespace, caller));
}

function isFrom(peer: Part, namespace: string, caller: Caller): boolean {
  // Which pods have which addresses nobody can tell.
  if (peer.at("ipBlock").isSet) return true;
  const namespaces = peer.at("namespaceSelector");
  if (!namespaces.isSet && caller.namespace !== namespace) return false;
  if (namespaces.isSet && caller.namespace !== undefined) {
    if (!mayTake(namespaces, { [NAMESPACE_NAME]: caller.namespace })) return false;
  }
  return mayTake(peer.at("podSelector"), caller.labels);
}

function mayTake(selector: Part, known: Readonly<Record<string, string>>): boolean {
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
