import { instancesOf, specOf } from "../../resources/cluster";
import type { Part } from "../../engine/part";
import { at, stackRule, type StackViolation } from "../../engine/rule";
import type { Subject } from "../../engine/subject";
import { namespaceOf, nameOf } from "../../engine/stack";
import { CLUSTER, SCHEDULED_BACKUP } from "../../engine/types";

export const scheduledBackupTarget = stackRule({
  name: "scheduled-backup-target",
  group: "backup",
  description: "A ScheduledBackup takes its backups from the primary.",
  why: "One from a replica is completed before its last WAL is archived, which of a database that is idle then never happens, and no restore from it succeeds.",
  remediation: "Set spec.target: primary, or spec.backup.target: primary of the Cluster.",
  severity: "medium",
  level: "advisory",
  link: "https://cloudnative-pg.io/docs/1.30/backup#backup-from-a-standby",
  type: SCHEDULED_BACKUP,
  *judgeStack(stack) {
    const clusters = new Map(
      stack
        .ofType(CLUSTER)
        .map((cluster) => [`${namespaceOf(cluster)}/${nameOf(cluster) ?? ""}`, cluster]),
    );
    for (const schedule of stack.ofType(SCHEDULED_BACKUP)) {
      const name = specOf(schedule).at("cluster", "name").text ?? "";
      yield* judged(schedule, clusters.get(`${namespaceOf(schedule)}/${name}`));
    }
  },
});

function* judged(schedule: Subject, cluster: Subject | undefined): Iterable<StackViolation> {
  const own = specOf(schedule).at("target");
  const inherited = cluster && specOf(cluster).at("backup", "target");
  // The default of another program's Cluster is not known, and of a single instance there is no replica.
  if (!own.isSet && !inherited) return;
  if (cluster && instancesOf(cluster) < 2) return;
  if ((own.text ?? inherited?.text) === "primary") return;
  const decides: [Subject, Part] =
    cluster && inherited?.isSet && !own.isSet ? [cluster, inherited] : [schedule, own];
  yield {
    subject: decides[0],
    ...at(
      decides[1],
      decides[1].isSet
        ? "a backup of a replica is completed before it can be restored"
        : "it would be prefer-standby, and a backup of a replica is completed before it can be restored",
      "Set it to primary",
    ),
  };
}
