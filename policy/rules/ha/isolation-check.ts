import { objectIn } from "../../engine/object-in";
import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const isolationCheck = resourceRule({
  name: "isolation-check",
  group: "ha",
  description: "An isolated primary stops itself.",
  why: "If it keeps running, it accepts writes that are discarded when it rejoins the new primary.",
  remediation: "Remove spec.probes.liveness.isolationCheck.enabled, which is true by default.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/instance_manager#primary-isolation",
  types: [CLUSTER],
  *check(cluster) {
    const enabled = specOf(cluster).at("probes", "liveness", "isolationCheck", "enabled");
    if (enabled.flag !== false) return;
    yield at(
      enabled,
      "an isolated primary would continue to accept writes beside its successor",
      "Remove it, or set it to true; against false alarms raise the timeouts to 3000",
    );
  },
  remediate(properties) {
    const liveness = objectIn(objectIn(objectIn(properties, "spec"), "probes"), "liveness");
    objectIn(liveness, "isolationCheck")["enabled"] = true;
  },
});
