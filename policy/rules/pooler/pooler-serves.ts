import type { Violation } from "../../../components/contract/violation";
import { specOf } from "../../resources/cluster";
import type { Part } from "../../engine/part";
import { at, resourceRule } from "../../engine/rule";
import { POOLER } from "../../engine/types";

export const poolerServes = resourceRule({
  name: "pooler-serves",
  group: "pooler",
  description: "A Pooler serves clients, also while its pods are replaced.",
  why: "A pooler that is paused, or whose pods all stop at once, is an outage of the database for its clients.",
  remediation: "Remove spec.pgbouncer.paused and spec.deploymentStrategy.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/connection_pooling#pausing-connections",
  types: [POOLER],
  *check(pooler) {
    const spec = specOf(pooler);
    const paused = spec.at("pgbouncer", "paused");
    if (paused.flag === true) yield at(paused, "a paused pooler serves no client", "Remove it");
    yield* replacement(spec.at("deploymentStrategy"), spec.at("instances").number ?? 1);
  },
});

function* replacement(strategy: Part, instances: number): Generator<Violation> {
  const reason = "all pods stop at once, and no client is served until new ones run";
  if (strategy.at("type").text === "Recreate") {
    yield at(strategy.at("type"), reason, "Remove it, or set it to RollingUpdate");
    return;
  }
  const unavailable = strategy.at("rollingUpdate", "maxUnavailable");
  const most = unavailable.scalar;
  // A percentage is rounded down. A single instance stops in any case, unless its successor starts first.
  if (most === undefined || (instances === 1 && Number.parseFloat(most) < 1)) return;
  const gone = most.endsWith("%")
    ? Math.floor((Number.parseFloat(most) / 100) * instances)
    : Number(most);
  if (gone < instances) return;
  yield at(
    unavailable,
    reason,
    instances === 1 ? "Set spec.instances to 2 and this to 1, or this to 0" : "Set it to 1",
  );
}
