import type { BackupStore } from "../../../../backup/args/store";
import { rule } from "../../../../contract/rule";
import { foreignStores, type StoresOfCluster } from "./stores";

/** The identities that the one service account of a cluster can have, one in each cloud. */
const IDENTITIES: readonly [path: string, read: (store: BackupStore) => unknown][] = [
  ["roleArn", ({ roleArn }) => roleArn],
  ["google.serviceAccount", ({ google }) => google?.serviceAccount],
  ["azure.clientId", ({ azure }) => azure?.clientId],
];

export const storeRoles = rule({
  name: "store-roles",
  why: "The pods of a cluster have one service account, and that has one role.",
  *check(cluster: StoresOfCluster) {
    const ofCluster = cluster.backup?.store;
    const pairs = foreignStores(cluster).flatMap(({ path: where, store }) =>
      IDENTITIES.map(([path, read]) => ({ where, path, read, store })),
    );
    for (const { where, path, read, store } of pairs) {
      const [own, foreign] = [ofCluster && read(ofCluster), read(store)];
      if (typeof own !== "string" || typeof foreign !== "string" || own === foreign) continue;
      yield {
        path: `${where}.${path}`,
        value: foreign,
        reason: `must be backup.store.${path}: the cluster has one role for both stores`,
        remedy:
          "Use one role that reads this store and writes the other, or use an access key here",
      };
    }
  },
});
