import { z } from "zod";
import { maybe, rule } from "./rule";
import { storesSubject } from "./backup-stores";

export const archivesApart = rule({
  name: "archives-apart",
  why: "A recovered cluster that archived into its source's folder would mix two histories, and neither could be recovered.",
  subject: storesSubject.extend({ clusterName: maybe(z.string()) }),
  judge: ({ clusterName, backup, source }) => {
    // Unless it is given, the name is new by construction.
    if (clusterName === undefined || backup?.generation === undefined) return [];
    const own = `${clusterName}-${backup.generation}`;
    const [target, origin] = [backup.store?.destinationPath, source?.store?.destinationPath];
    if (typeof target !== "string" || typeof origin !== "string") return [];
    if (own !== source?.serverName || trimmed(target) !== trimmed(origin)) return [];
    return [
      {
        path: "backup.generation",
        value: backup.generation,
        reason: `the cluster's own archive would be ${own} in the same store, which is the one that it is recovered from`,
        remedy: "Leave it out for a new one, or give another",
      },
    ];
  },
});

/** `s3://bucket/` and `s3://bucket` are one. */
function trimmed(path: string): string {
  return path.replace(/\/+$/, "");
}
