import { scheduledBackupTarget } from "../../../policy/rules/backup/scheduled-backup-target";
import { goodStack } from "../support/good-stack";
import { changed, check } from "../support/pack";

/** The messages for the good stack with these targets and instances; undefined is not set. */
function said(targets: { schedule?: string; cluster?: string; instances?: number }): string[] {
  const { schedule, cluster, instances = 3 } = targets;
  const stack = goodStack().map((resource) => {
    const { name, object } = resource;
    if (name === "schedule")
      return { ...resource, object: changed(object, "spec.target", schedule) };
    if (name !== "main") return resource;
    const backup = cluster === undefined ? undefined : { target: cluster };
    const sized = changed(object, "spec.instances", instances);
    return { ...resource, object: changed(sized, "spec.backup", backup) };
  });
  return check([scheduledBackupTarget], stack, {}).map(
    ({ resource = "", message }) => `${resource.split("::").at(-1) ?? ""}: ${message}`,
  );
}

test("the target of the Cluster applies if the ScheduledBackup has none", () => {
  expect(said({ cluster: "primary" })).toEqual([]);
  expect(said({ cluster: "prefer-standby", schedule: "primary" })).toEqual([]);
  expect(said({ cluster: "prefer-standby" })).toEqual([
    'main: spec.backup.target = "prefer-standby": a backup of a replica completes before it can be restored. Set it to primary.',
  ]);
  expect(said({ cluster: "primary", schedule: "prefer-standby" })).toEqual([
    'schedule: spec.target = "prefer-standby": a backup of a replica completes before it can be restored. Set it to primary.',
  ]);
});

test("a single instance has no replica", () => {
  expect(said({ instances: 1 })).toEqual([]);
  expect(said({ instances: 2 })).toHaveLength(1);
});

test("for a Cluster of another program only the target of the schedule is known", () => {
  const stack = (target?: string) =>
    goodStack("main").map((resource) =>
      resource.name === "schedule"
        ? { ...resource, object: changed(resource.object, "spec.target", target) }
        : resource,
    );
  expect(check([scheduledBackupTarget], stack(), {})).toEqual([]);
  expect(check([scheduledBackupTarget], stack("primary"), {})).toEqual([]);
  expect(check([scheduledBackupTarget], stack("prefer-standby"), {})).toHaveLength(1);
});
