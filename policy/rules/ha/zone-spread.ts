import { instancesOf, specOf } from "../../resources/cluster";
import { ZONE } from "../../resources/pods/node-choice";
import {
  areAllApart,
  atLeastAsWide,
  bindingSpreads,
  boundToOne,
  skewWeakness,
  spreadWeakness,
} from "../../resources/pods/placement";
import { instancePlacement } from "../../resources/pods/placements";
import { at, resourceRule } from "../../engine/rule";
import { text } from "../../engine/settings";
import { CLUSTER } from "../../engine/types";

/** Zones of a production cluster: with fewer no spread leaves a majority. */
const ZONES = 3;

export const zoneSpread = resourceRule({
  name: "zone-spread",
  group: "ha",
  description: "The instances of a Cluster are spread over zones.",
  why: "When a zone fails, every instance in it fails too.",
  remediation:
    "Add a constraint to spec.topologySpreadConstraints with topologyKey: topology.kubernetes.io/zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule and a labelSelector that selects the instances (cnpg.io/cluster), or set spec.affinity.topologyKey to that label with podAntiAffinityType: required.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
  types: [CLUSTER],
  settings: {
    topologyKey: text(ZONE, "The node label that names the zone"),
  },
  *check(cluster, { topologyKey }) {
    if (instancesOf(cluster) < 2) return;
    const placement = instancePlacement(cluster);
    const bound = boundToOne(placement, topologyKey);
    if (bound) yield at(bound.part, bound.reason, bound.remedy);
    const labels = atLeastAsWide(topologyKey);
    if (areAllApart(placement, labels)) return;
    const weaknesses = bindingSpreads(placement, labels).map(
      (spread) => spreadWeakness(placement, spread) ?? skewWeakness(placement, spread, ZONES),
    );
    if (weaknesses.includes(undefined)) return;
    for (const weak of weaknesses) if (weak) yield at(weak.part, weak.reason, weak.remedy);
    if (weaknesses.length > 0) return;
    yield at(
      specOf(cluster).at("topologySpreadConstraints"),
      `all instances may run in one ${topologyKey}, and fail with it`,
      `Add a constraint with topologyKey: ${topologyKey} and whenUnsatisfiable: DoNotSchedule`,
    );
  },
});
