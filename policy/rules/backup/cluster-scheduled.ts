import { specOf } from "../../resources/cluster";
import { at, stackRule, type StackViolation } from "../../engine/rule";
import type { Resource } from "../../engine/resource";
import { grouped, namespaceOf, nameOf } from "../../engine/stack";
import { CLUSTER, SCHEDULED_BACKUP } from "../../engine/types";

export const clusterScheduled = stackRule({
  name: "cluster-scheduled",
  group: "backup",
  description: "Each Cluster has a ScheduledBackup.",
  why: "Without base backups a recovery from the WAL archive is impossible or takes days.",
  remediation: "Declare a ScheduledBackup with spec.cluster.name and method: plugin.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/backup#scheduled-backups",
  type: CLUSTER,
  *checkStack(stack) {
    const schedules = grouped(stack.ofType(SCHEDULED_BACKUP), (schedule) => {
      const cluster = specOf(schedule).at("cluster", "name").text ?? "";
      return `${namespaceOf(schedule)}/${cluster}`;
    });
    for (const resource of stack.ofType(CLUSTER)) {
      const name = nameOf(resource);
      const namespace = namespaceOf(resource);
      const own = name === undefined ? [] : (schedules.get(`${namespace}/${name}`) ?? []);
      yield* own.flatMap((schedule) => impossible(schedule, resource));
      if (own.length > 0) continue;
      yield {
        resource,
        ...at(
          resource.object.at("metadata", "name"),
          `no ScheduledBackup of the stack in ${namespace} names this Cluster`,
          "Declare one with this name in spec.cluster.name, and method: plugin",
        ),
      };
    }
  },
});

/** A schedule whose backups all fail, because the Cluster lacks the plugin or the configuration. */
function impossible(schedule: Resource, cluster: Resource): StackViolation[] {
  const method = specOf(schedule).at("method");
  const plugin = specOf(schedule).at("pluginConfiguration", "name");
  const plugins = specOf(cluster)
    .at("plugins")
    .items.filter((one) => one.at("enabled").flag !== false)
    .map((one) => one.at("name").text);
  // Another rule reports a Cluster without any plugin.
  if (method.text === "plugin" && plugin.isSet && plugins.length > 0) {
    if (plugins.includes(plugin.text)) return [];
    const reason = `${cluster.name} does not have this plugin, so each backup fails`;
    return [
      { resource: schedule, ...at(plugin, reason, "Name one of spec.plugins of the Cluster") },
    ];
  }
  if (method.text !== "volumeSnapshot") return [];
  if (specOf(cluster).at("backup", "volumeSnapshot").entries.length > 0) return [];
  const reason = `${cluster.name} has no spec.backup.volumeSnapshot, so each backup fails`;
  return [{ resource: schedule, ...at(method, reason, "Set it in the Cluster, or use plugin") }];
}
