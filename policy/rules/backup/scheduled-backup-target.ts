import { instancesOf, specOf } from "../../resources/cluster";
import type { Part } from "../../engine/part";
import { at, stackRule, type StackViolation } from "../../engine/rule";
import type { Resource } from "../../engine/resource";
import { namespaceOf, nameOf } from "../../engine/stack";
import { CLUSTER, SCHEDULED_BACKUP } from "../../engine/types";

export const scheduledBackupTarget = stackRule({
  name: "scheduled-backup-target",
  group: "backup",
  description: "A ScheduledBackup takes its backups from the primary.",
  why: "A backup of a replica completes before its last WAL is archived; in an idle database that never happens, and no restore succeeds.",
  remediation: "Set spec.target: primary, or spec.backup.target: primary of the Cluster.",
  severity: "medium",
  level: "advisory",
  link: "https://cloudnative-pg.io/docs/1.30/backup#backup-from-a-standby",
  type: SCHEDULED_BACKUP,
  *checkStack(stack) {
    const clusters = new Map(
      stack
        .ofType(CLUSTER)
        .map((cluster) => [`${namespaceOf(cluster)}/${nameOf(cluster) ?? ""}`, cluster]),
    );
    for (const schedule of stack.ofType(SCHEDULED_BACKUP)) {
      const name = specOf(schedule).at("cluster", "name").text ?? "";
      yield* targetViolations(schedule, clusters.get(`${namespaceOf(schedule)}/${name}`));
    }
  },
});

function* targetViolations(
  schedule: Resource,
  cluster: Resource | undefined,
): Iterable<StackViolation> {
  const own = specOf(schedule).at("target");
  const inherited = cluster && specOf(cluster).at("backup", "target");
  // The target of another program's Cluster is not known, and a single instance has no replica.
  if (!own.isSet && !inherited) return;
  if (cluster && instancesOf(cluster) < 2) return;
  if ((own.text ?? inherited?.text) === "primary") return;
  const decides: [Resource, Part] =
    cluster && inherited?.isSet && !own.isSet ? [cluster, inherited] : [schedule, own];
  yield {
    resource: decides[0],
    ...at(
      decides[1],
      decides[1].isSet
        ? "a backup of a replica completes before it can be restored"
        : "defaults to prefer-standby, and a backup of a replica completes before it can be restored",
      "Set it to primary",
    ),
  };
}
