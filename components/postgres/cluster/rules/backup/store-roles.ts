import { rule } from "../../../../contract/rule";
import type { StoresOfCluster } from "./stores";

export const storeRoles = rule({
  name: "store-roles",
  why: "The pods of a cluster have one service account, and that has one role.",
  *check({ backup, source }: StoresOfCluster) {
    const [own, foreign] = [backup?.store.roleArn, source?.store?.roleArn];
    if (typeof own !== "string" || typeof foreign !== "string" || own === foreign) return;
    yield {
      path: "source.store.roleArn",
      value: foreign,
      reason: "must be backup.store.roleArn: the cluster has one role for both stores",
      remedy: "Use one role that reads this store and writes the other, or use an access key here",
    };
  },
});
