import { z } from "zod";
import { maybe, rule } from "./rule";

export const backupName = rule({
  name: "backup-name",
  why: "A Backup bears its name as a label, too.",
  subject: z.object({ backupName: maybe(z.string()) }),
  judge: ({ backupName: name }) =>
    name === undefined || /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)
      ? []
      : [
          {
            path: "backupName",
            value: name,
            reason:
              "the Backup object and a label of it bear this name, and Kubernetes takes neither",
            remedy:
              "Set backupName (which is otherwise the component's name) to at most 63 lower-case letters, digits and dashes",
          },
        ],
});
