import { rule } from "../../../contract/rule";

export const backupName = rule({
  name: "backup-name",
  why: "A Backup bears its name as a label, too.",
  *check({ backupName: name }: { backupName: string }) {
    if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return;
    yield {
      path: "backupName",
      value: name,
      reason: "the Backup object and a label of it bear this name, and Kubernetes takes neither",
      remedy:
        "Set backupName (which is otherwise the component's name) to at most 63 lower-case letters, digits and dashes",
    };
  },
});
