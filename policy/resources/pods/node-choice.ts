import type { Part } from "../../engine/part";

export const HOST = "kubernetes.io/hostname";
export const ZONE = "topology.kubernetes.io/zone";
export const REGION = "topology.kubernetes.io/region";

/** The requirements of pods for their node. */
export interface NodeChoice {
  nodeSelector: Part;
  /** The `nodeAffinity`. */
  affinity: Part;
}

/** The only value that a label of the node may have, and the part that sets it; undefined if several are allowed. */
export function onlyValue(
  choice: NodeChoice,
  label: string,
): { value: string; part: Part } | undefined {
  const selected = choice.nodeSelector.at(label);
  if (selected.text !== undefined) return { value: selected.text, part: selected };
  const part = choice.affinity.at(
    "requiredDuringSchedulingIgnoredDuringExecution",
    "nodeSelectorTerms",
  );
  // A node must meet one of the terms. No node meets an empty one.
  const terms = part.items.filter((term) => term.entries.length > 0);
  const values = terms.map((term) => valuesIn(term, label));
  if (values.length === 0 || values.some((allowed) => allowed === undefined)) return undefined;
  const [value, ...more] = new Set(values.flatMap((allowed) => allowed ?? []));
  return value !== undefined && more.length === 0 ? { value, part } : undefined;
}

/** The values of a label that all requirements of a term allow; undefined if any value is allowed. */
function valuesIn(term: Part, label: string): string[] | undefined {
  const byLabel = term.at("matchExpressions").items.filter((one) => one.at("key").text === label);
  const byName = label === HOST ? term.at("matchFields").items.filter(isNodeName) : [];
  const allowed = [...byLabel, ...byName]
    .filter((requirement) => requirement.at("operator").text === "In")
    .map((requirement) => requirement.at("values").items.map((item) => item.text ?? ""));
  const [first, ...others] = allowed;
  return first?.filter((value) => others.every((values) => values.includes(value)));
}

function isNodeName(requirement: Part): boolean {
  return requirement.at("key").text === "metadata.name";
}
