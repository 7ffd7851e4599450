import type { BackupStore } from "../../../../backup/args/store";
import { rule } from "../../../../contract/rule";
import type { StoresOfCluster } from "./stores";

/** The identities that the one service account of a cluster can have, one in each cloud. */
const IDENTITIES: readonly [path: string, read: (store: BackupStore) => unknown][] = [
  ["roleArn", ({ roleArn }) => roleArn],
  ["google.serviceAccount", ({ google }) => google?.serviceAccount],
  ["azure.clientId", ({ azure }) => azure?.clientId],
];

export const storeRoles = rule({
  name: "store-roles",
  why: "The pods of a cluster have one service account, and that has one role.",
  *check({ backup, source }: StoresOfCluster) {
    const stores = [backup?.store, source?.store] as const;
    for (const [path, read] of IDENTITIES) {
      const [own, foreign] = stores.map((store) => store && read(store));
      if (typeof own !== "string" || typeof foreign !== "string" || own === foreign) continue;
      yield {
        path: `source.store.${path}`,
        value: foreign,
        reason: `must be backup.store.${path}: the cluster has one role for both stores`,
        remedy:
          "Use one role that reads this store and writes the other, or use an access key here",
      };
    }
  },
});
