import { rule } from "../../../contract/rule";
import { monitoringBackups } from "../../rules/backups";
import type { ClusterMonitoringArgs } from "../args";

/** Applies the rule of a cluster, whose arguments have the limits one level deeper. */
export const clusterMonitoringBackups = rule({
  name: "cluster-monitoring-backups",
  why: monitoringBackups.why,
  *check({ backup, alerts }: Pick<ClusterMonitoringArgs, "backup" | "alerts">) {
    for (const violation of monitoringBackups.check({ backup, monitoring: { alerts } })) {
      yield { ...violation, path: violation.path.replace(/^monitoring\./, "") };
    }
  },
});
