import { instancesOf, specOf } from "../cluster";
import { HOST } from "./node-choice";
import type { Part } from "../../engine/part";
import type { Placement } from "./placement";
import { besideInstances, besidePooler, instancePods, poolerInstancesOf, poolerPods } from "./pods";
import type { Resource } from "../../engine/resource";
import { namespaceOf } from "../../engine/stack";

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

/** The placement of a Cluster's instances. */
export function instancePlacement(cluster: Resource): Placement {
  const spec = specOf(cluster);
  const affinity = spec.at("affinity");
  const isApart =
    affinity.at("enablePodAntiAffinity").flag !== false &&
    affinity.at("podAntiAffinityType").text === "required";
  return {
    namespace: namespaceOf(cluster),
    count: instancesOf(cluster),
    pods: instancePods(cluster),
    beside: besideInstances(),
    spreads: spec.at("topologySpreadConstraints").items,
    apart: terms(affinity.at("additionalPodAntiAffinity")),
    ...(isApart && { apartBy: generatedLabel(affinity) }),
    together: terms(affinity.at("additionalPodAffinity")),
    nodes: { nodeSelector: affinity.at("nodeSelector"), affinity: affinity.at("nodeAffinity") },
  };
}

/** The placement of a Pooler's pods. */
export function poolerPlacement(pooler: Resource): Placement {
  const spec = specOf(pooler).at("template", "spec");
  const affinity = spec.at("affinity");
  return {
    namespace: namespaceOf(pooler),
    count: poolerInstancesOf(pooler),
    pods: poolerPods(pooler),
    beside: besidePooler(pooler),
    spreads: spec.at("topologySpreadConstraints").items,
    apart: terms(affinity.at("podAntiAffinity")),
    together: terms(affinity.at("podAffinity")),
    nodes: { nodeSelector: spec.at("nodeSelector"), affinity: affinity.at("nodeAffinity") },
  };
}

/** The label of the operator's own anti-affinity. */
function generatedLabel(affinity: Part): string {
  const label = affinity.at("topologyKey").text ?? "";
  return label === "" ? HOST : label;
}

function terms(affinity: Part): Part[] {
  return affinity.at(REQUIRED).items;
}
