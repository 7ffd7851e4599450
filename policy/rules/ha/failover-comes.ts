import { instancesOf } from "../../resources/cluster";
import { changeWaits, detectionWaits } from "../../resources/failover-times";
import { at, resourceRule } from "../../engine/rule";
import { count } from "../../engine/settings";
import { CLUSTER } from "../../engine/types";

export const failoverComes = resourceRule({
  name: "failover-comes",
  group: "ha",
  description: "An instance that is lost or hangs is replaced in time.",
  why: "With delays, leases or probes of hours even three instances do not fail over in time.",
  remediation:
    "Remove spec.failoverDelay, spec.primaryLease and the times of spec.probes, or lower them.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/failover",
  types: [CLUSTER],
  settings: {
    mostDetection: count(300, "The longest that a lost instance may go unnoticed, in seconds"),
    mostChange: count(3600, "The longest that an instance may take to start or stop, in seconds"),
  },
  *check(cluster, { mostDetection, mostChange }) {
    if (instancesOf(cluster) < 2) return;
    for (const { part, seconds } of detectionWaits(cluster)) {
      if (seconds <= mostDetection) continue;
      yield at(
        part,
        `a lost primary is replaced after ${seconds} s at the earliest, and no client can write until then`,
        `Lower it, so that this takes ${mostDetection} s or less`,
      );
    }
    for (const { part, seconds } of changeWaits(cluster)) {
      if (seconds <= mostChange) continue;
      yield at(
        part,
        `an instance that hangs is killed only after ${seconds} s`,
        `Lower it, so that this takes ${mostChange} s or less`,
      );
    }
  },
});
