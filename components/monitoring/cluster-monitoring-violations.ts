import { clusterNameFits } from "../rules/cluster-name";
import { labelsFree } from "../rules/labels-free";
import { monitoringBackups } from "../rules/monitoring-backups";
import { clusterMonitoringShape } from "../rules/monitoring-shape";
import { ruleViolations } from "../rules/rule";
import { shapeViolations, wellFormed } from "../rules/shape";
import type { Violation } from "../rules/violation";
import type { ClusterMonitoringArgs } from "./cluster-monitoring-args";

/** Everything that is wrong with the arguments. */
export function clusterMonitoringViolations(args: ClusterMonitoringArgs): Violation[] {
  const malformed = shapeViolations(clusterMonitoringShape, args);
  // The rules judge what is well-formed even if something else is not, so that all mistakes are seen at once.
  const given = (wellFormed(clusterMonitoringShape, args) ?? {}) as Partial<ClusterMonitoringArgs>;
  const { backup, alerts } = given;
  // The rule is about a cluster, whose arguments have these one level further down.
  const ofBackups = monitoringBackups
    .check({ backup, monitoring: { alerts } })
    .map((violation) => ({ ...violation, path: violation.path.replace(/^monitoring\./, "") }));
  return [
    ...malformed,
    ...ruleViolations([clusterNameFits, labelsFree], given, malformed),
    ...ofBackups.filter(({ path }) => !malformed.some((known) => known.path === path)),
  ];
}
