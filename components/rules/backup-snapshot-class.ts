import { z } from "zod";
import { maybe, rule } from "./rule";

export const backupSnapshotClass = rule({
  name: "backup-snapshot-class",
  why: "An argument that does nothing hides that something else was meant.",
  subject: z.object({
    backup: maybe(z.object({ method: maybe(z.string()), snapshotClass: z.unknown().optional() })),
  }),
  judge: ({ backup }) =>
    backup?.snapshotClass === undefined || backup.method === "volumeSnapshot"
      ? []
      : [
          {
            path: "backup.snapshotClass",
            value: backup.snapshotClass,
            reason: "base backups go to the store, and no snapshot is taken",
            remedy: 'Set backup.method to "volumeSnapshot", or remove it',
          },
        ],
});
