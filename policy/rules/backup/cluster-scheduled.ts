import { specOf } from "../../resources/cluster";
import { at, stackRule, type StackViolation } from "../../engine/rule";
import type { Subject } from "../../engine/subject";
import { grouped, namespaceOf, nameOf } from "../../engine/stack";
import { CLUSTER, SCHEDULED_BACKUP } from "../../engine/types";

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
    const schedules = grouped(stack.ofType(SCHEDULED_BACKUP), (schedule) => {
      const cluster = specOf(schedule).at("cluster", "name").text ?? "";
      return `${namespaceOf(schedule)}/${cluster}`;
    });
    for (const subject of stack.ofType(CLUSTER)) {
      const name = nameOf(subject);
      const namespace = namespaceOf(subject);
      const own = name === undefined ? [] : (schedules.get(`${namespace}/${name}`) ?? []);
      yield* own.flatMap((schedule) => impossible(schedule, subject));
      if (own.length > 0) continue;
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

/** A backup that fails each time, since the Cluster has nothing to take it with. */
function impossible(schedule: Subject, cluster: Subject): StackViolation[] {
  const method = specOf(schedule).at("method");
  const plugin = specOf(schedule).at("pluginConfiguration", "name");
  const plugins = specOf(cluster)
    .at("plugins")
    .items.filter((one) => one.at("enabled").flag !== false)
    .map((one) => one.at("name").text);
  // A Cluster without any plugin is the finding of another rule.
  if (method.text === "plugin" && plugin.isSet && plugins.length > 0) {
    if (plugins.includes(plugin.text)) return [];
    const reason = `${cluster.name} has no such plugin, and each backup fails`;
    return [
      { subject: schedule, ...at(plugin, reason, "Name one of spec.plugins of the Cluster") },
    ];
  }
  if (method.text !== "volumeSnapshot") return [];
  if (specOf(cluster).at("backup", "volumeSnapshot").entries.length > 0) return [];
  const reason = `${cluster.name} has no spec.backup.volumeSnapshot, and each backup fails`;
  return [{ subject: schedule, ...at(method, reason, "Set it in the Cluster, or use plugin") }];
}
