import { instancesOf, specOf } from "../../cluster";
import { at, resourceRule } from "../../rule";
import { text } from "../../settings";
import { CLUSTER } from "../../types";

export const zoneSpread = resourceRule({
  name: "zone-spread",
  group: "ha",
  description: "The instances of a Cluster are spread over zones.",
  why: "A zone that fails takes every instance in it along.",
  remediation:
    "Add to spec.topologySpreadConstraints one with topologyKey: topology.kubernetes.io/zone and whenUnsatisfiable: DoNotSchedule.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
  types: [CLUSTER],
  settings: {
    topologyKey: text("topology.kubernetes.io/zone", "Label of a node that names its zone"),
  },
  *judge(cluster, { topologyKey }) {
    if (instancesOf(cluster) < 2) return;
    const constraints = specOf(cluster).at("topologySpreadConstraints");
    const isSpread = constraints.items.some(
      (constraint) =>
        constraint.at("topologyKey").text === topologyKey &&
        constraint.at("whenUnsatisfiable").text === "DoNotSchedule",
    );
    if (isSpread) return;
    yield at(
      constraints,
      `nothing keeps all instances out of one ${topologyKey}, and they go down with it`,
      `Add a constraint with topologyKey: ${topologyKey} and whenUnsatisfiable: DoNotSchedule`,
    );
  },
});
