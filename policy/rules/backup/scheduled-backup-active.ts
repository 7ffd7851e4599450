import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { SCHEDULED_BACKUP } from "../../engine/types";

export const scheduledBackupActive = resourceRule({
  name: "scheduled-backup-active",
  group: "backup",
  description: "A ScheduledBackup is not suspended.",
  why: "A suspended schedule takes no backups, which is easy to overlook.",
  remediation: "Remove spec.suspend.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/backup#scheduled-backups",
  types: [SCHEDULED_BACKUP],
  *check(schedule) {
    const suspend = specOf(schedule).at("suspend");
    if (suspend.flag !== true) return;
    yield at(suspend, "no backup is taken", "Remove it, or set it to false");
  },
});
