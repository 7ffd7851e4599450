import { rule } from "../../../contract/rule";

export const backupName = rule({
  name: "backup-name",
  why: "The name of a Backup is also the value of a label.",
  *check({ backupName: name }: { backupName: string }) {
    if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return;
    yield {
      path: "backupName",
      value: name,
      reason: "must be valid as the name and as a label of the Backup object",
      remedy:
        "Set backupName (by default the component's name) to at most 63 lower-case letters, digits and dashes",
    };
  },
});
