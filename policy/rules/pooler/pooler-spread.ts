import { specOf } from "../../cluster";
import { at, resourceRule } from "../../rule";
import { POOLER } from "../../types";

export const poolerSpread = resourceRule({
  name: "pooler-spread",
  group: "pooler",
  description: "A Pooler's instances are on different hosts.",
  why: "Nothing else keeps the scheduler from putting both on the host that fails.",
  remediation:
    "Add to spec.template.spec.topologySpreadConstraints one with topologyKey: kubernetes.io/hostname and whenUnsatisfiable: DoNotSchedule.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/connection_pooling#pod-templates",
  types: [POOLER],
  *judge(pooler) {
    if ((specOf(pooler).at("instances").number ?? 1) < 2) return;
    const pods = specOf(pooler).at("template", "spec");
    const constraints = pods.at("topologySpreadConstraints");
    const isSpread = constraints.items.some(
      (constraint) => constraint.at("whenUnsatisfiable").text === "DoNotSchedule",
    );
    const apart = pods.at(
      ...["affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution"],
    );
    if (isSpread || apart.items.length > 0) return;
    yield at(
      constraints,
      "all instances may run on one host, and go down with it",
      "Add one with topologyKey: kubernetes.io/hostname and whenUnsatisfiable: DoNotSchedule",
    );
  },
});
