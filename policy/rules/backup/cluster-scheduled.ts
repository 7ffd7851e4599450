import { at, stackRule } from "../../rule";
import { namespaceOf, nameOf } from "../../stack";
import { CLUSTER, SCHEDULED_BACKUP } from "../../types";

export const clusterScheduled = stackRule({
  name: "cluster-scheduled",
  group: "backup",
  description: "Each Cluster has a ScheduledBackup.",
  why: "An archive of WAL without base backups cannot be recovered from, or only for days on end.",
  remediation: "Declare a ScheduledBackup with spec.cluster.name and method: plugin.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/backup#scheduled-backups",
  type: CLUSTER,
  *judgeStack(stack) {
    const scheduled = new Set(
      stack.ofType(SCHEDULED_BACKUP).map((schedule) => {
        const cluster = schedule.object.at("spec", "cluster", "name").text ?? "";
        return `${namespaceOf(schedule)}/${cluster}`;
      }),
    );
    for (const subject of stack.ofType(CLUSTER)) {
      const name = nameOf(subject);
      const namespace = namespaceOf(subject);
      if (name !== undefined && scheduled.has(`${namespace}/${name}`)) continue;
      yield {
        subject,
        ...at(
          subject.object.at("metadata", "name"),
          `no ScheduledBackup of the stack names it in ${namespace}`,
          "Declare one with this name in spec.cluster.name, and method: plugin",
        ),
      };
    }
  },
});
