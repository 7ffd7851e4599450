import { specOf } from "../../resources/cluster";
import { HOST, REGION, ZONE } from "../../resources/pods/node-choice";
import {
  areAllApart,
  bindingSpreads,
  boundToOne,
  mostInOne,
  spreadWeakness,
} from "../../resources/pods/placement";
import { poolerPlacement } from "../../resources/pods/placements";
import { poolerInstancesOf } from "../../resources/pods/pods";
import { at, resourceRule } from "../../engine/rule";
import { texts } from "../../engine/settings";
import { POOLER } from "../../engine/types";

export const poolerSpread = resourceRule({
  name: "pooler-spread",
  group: "pooler",
  description: "A Pooler's instances are on different hosts.",
  why: "Nothing else keeps the scheduler from putting both on the host that fails.",
  remediation:
    "Add to spec.template.spec.topologySpreadConstraints one with topologyKey: kubernetes.io/hostname, maxSkew: 1, whenUnsatisfiable: DoNotSchedule and a labelSelector with cnpg.io/poolerName.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/connection_pooling#pod-templates",
  types: [POOLER],
  settings: {
    topologyKeys: texts(
      [HOST, ZONE, REGION],
      "Labels that every node has, each with one value for a host or for more than a host",
    ),
  },
  *judge(pooler, { topologyKeys }) {
    if (poolerInstancesOf(pooler) < 2) return;
    const placement = poolerPlacement(pooler);
    const bound = boundToOne(placement, HOST);
    if (bound) yield at(bound.part, bound.reason, bound.remedy);
    if (areAllApart(placement, topologyKeys)) return;
    const weaknesses = bindingSpreads(placement, topologyKeys).map((spread) => {
      const weak = spreadWeakness(placement, spread);
      const skew = spread.at("maxSkew");
      // Two hosts are the fewest that there can be.
      if (weak ?? mostInOne(placement.count, skew.number ?? 1, 2) < placement.count) return weak;
      const reason = "it lets all instances into one place, and they go down with it";
      return { part: skew, reason, remedy: "Set it to 1" };
    });
    if (weaknesses.includes(undefined)) return;
    for (const weak of weaknesses) if (weak) yield at(weak.part, weak.reason, weak.remedy);
    if (weaknesses.length > 0) return;
    yield at(
      specOf(pooler).at("template", "spec", "topologySpreadConstraints"),
      "all instances may run on one host, and go down with it",
      "Add one with topologyKey: kubernetes.io/hostname and whenUnsatisfiable: DoNotSchedule",
    );
  },
});
