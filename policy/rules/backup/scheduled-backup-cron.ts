import { scheduleRefusal } from "../../../components/formats/cron";
import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { SCHEDULED_BACKUP } from "../../engine/types";

export const scheduledBackupCron = resourceRule({
  name: "scheduled-backup-cron",
  group: "backup",
  description: "A ScheduledBackup has a schedule of six fields.",
  why: "CloudNativePG reads the first of five fields as seconds, so that a daily backup runs every hour.",
  remediation: "Set spec.schedule with the seconds first: `0 0 2 * * *`.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/backup#scheduled-backups",
  types: [SCHEDULED_BACKUP],
  *check(schedule) {
    const declared = specOf(schedule).at("schedule");
    const refused = scheduleRefusal(declared.text ?? "");
    if (refused && declared.isSet) yield at(declared, refused.reason, refused.remedy);
    if (declared.isSet) return;
    yield at(
      declared,
      "must be set, since there is no default",
      'Set it to "0 0 2 * * *", for example',
    );
  },
});
