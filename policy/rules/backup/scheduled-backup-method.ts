import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { texts } from "../../engine/settings";
import { SCHEDULED_BACKUP } from "../../engine/types";

export const scheduledBackupMethod = resourceRule({
  name: "scheduled-backup-method",
  group: "backup",
  description: "A ScheduledBackup names a method that CloudNativePG keeps.",
  why: "The default is the object store in the Cluster, which CloudNativePG 1.31 removes.",
  remediation:
    "Set spec.method: plugin and spec.pluginConfiguration.name: barman-cloud.cloudnative-pg.io.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/#performing-a-base-backup",
  types: [SCHEDULED_BACKUP],
  settings: { methods: texts(["plugin", "volumeSnapshot"], "The allowed methods") },
  *check(schedule, { methods }) {
    const method = specOf(schedule).at("method");
    if (!methods.includes(method.text ?? "")) {
      yield at(
        method,
        method.isSet
          ? "is not an allowed method"
          : "defaults to barmanObjectStore, which CloudNativePG 1.31 removes",
        `Set it to ${methods.join(" or ")}`,
      );
    }
    const plugin = specOf(schedule).at("pluginConfiguration", "name");
    if (method.text !== "plugin" || plugin.text !== undefined) return;
    yield at(
      plugin,
      "must name the plugin that takes the backup",
      "Name the plugin that archives the WAL",
    );
  },
});
