import { instancesOf, specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { count } from "../../engine/settings";
import { CLUSTER } from "../../engine/types";

/** CloudNativePG's defaults, in seconds. */
const DEFAULTS = { switchoverDelay: 3600, stopDelay: 1800 };

export const boundedDelays = resourceRule({
  name: "bounded-delays",
  group: "ha",
  description: "CloudNativePG waits at most a few minutes for a primary that does not stop.",
  why: "While the primary shuts down no instance accepts writes, by default for up to an hour.",
  remediation: "Set spec.switchoverDelay and spec.stopDelay to 600 or less.",
  severity: "medium",
  level: "advisory",
  link: "https://cloudnative-pg.io/docs/1.30/instance_manager#shutdown-control",
  types: [CLUSTER],
  settings: { most: count(600, "The longest delay in seconds") },
  *check(cluster, { most }) {
    if (instancesOf(cluster) < 2) return;
    for (const [field, standard] of Object.entries(DEFAULTS)) {
      const delay = specOf(cluster).at(field);
      const seconds = delay.number ?? standard;
      if (seconds <= most) continue;
      yield at(
        delay,
        `a primary that does not stop blocks all writes for ${seconds} s`,
        `Set it to ${most} or less`,
      );
    }
  },
});
