import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { count } from "../../engine/settings";
import { POOLER } from "../../engine/types";

export const poolerInstances = resourceRule({
  name: "pooler-instances",
  group: "pooler",
  description: "A Pooler has two instances or more.",
  why: "While the only one moves to another host no client can connect, even if the database is available.",
  remediation: "Set spec.instances: 2.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/connection_pooling",
  types: [POOLER],
  settings: { least: count(2, "The minimum number of instances") },
  *check(pooler, { least }) {
    const instances = specOf(pooler).at("instances");
    if ((instances.number ?? 1) >= least) return;
    yield at(
      instances,
      "no client can connect while the only instance is down",
      `Set it to ${least}`,
    );
  },
});
