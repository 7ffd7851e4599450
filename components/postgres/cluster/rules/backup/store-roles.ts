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
      reason: "the cluster has one role for both stores, and that is backup.store.roleArn",
      remedy: "Let one role read this store and write the other, or use an access key here",
    };
  },
});
