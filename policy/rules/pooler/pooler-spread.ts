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
  why: "Otherwise the scheduler may put all of them on the host that fails.",
  remediation:
    "Add a constraint to spec.template.spec.topologySpreadConstraints with topologyKey: kubernetes.io/hostname, maxSkew: 1, whenUnsatisfiable: DoNotSchedule and a labelSelector with cnpg.io/poolerName.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/connection_pooling#pod-templates",
  types: [POOLER],
  settings: {
    topologyKeys: texts(
      [HOST, ZONE, REGION],
      "Labels that every node has, with a value for each host or group of hosts",
    ),
  },
  *check(pooler, { topologyKeys }) {
    if (poolerInstancesOf(pooler) < 2) return;
    const placement = poolerPlacement(pooler);
    const bound = boundToOne(placement, HOST);
    if (bound) yield at(bound.part, bound.reason, bound.remedy);
    if (areAllApart(placement, topologyKeys)) return;
    const weaknesses = bindingSpreads(placement, topologyKeys).map((spread) => {
      const weak = spreadWeakness(placement, spread);
      const skew = spread.at("maxSkew");
      // Two hosts are the worst case.
      if (weak ?? mostInOne(placement.count, skew.number ?? 1, 2) < placement.count) return weak;
      const reason = "allows all instances in one place, where they fail together";
      return { part: skew, reason, remedy: "Set it to 1" };
    });
    if (weaknesses.includes(undefined)) return;
    for (const weak of weaknesses) if (weak) yield at(weak.part, weak.reason, weak.remedy);
    if (weaknesses.length > 0) return;
    yield at(
      specOf(pooler).at("template", "spec", "topologySpreadConstraints"),
      "all instances may run on one host, and fail with it",
      "Add one with topologyKey: kubernetes.io/hostname and whenUnsatisfiable: DoNotSchedule",
    );
  },
});
