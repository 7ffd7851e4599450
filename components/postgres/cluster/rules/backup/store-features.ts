import type { ClusterBackupArgs } from "../../../../backup/args";
import { rule } from "../../../../contract/rule";
import type { StoresOfCluster } from "./stores";

export const storeFeatures = rule({
  name: "store-features",
  why: "What one provider has, the client of another ignores.",
  *check({
    backup,
  }: { backup?: Pick<ClusterBackupArgs, "store" | "encryption"> } & StoresOfCluster) {
    const store = backup?.store;
    if (backup?.encryption === undefined || (store?.google ?? store?.azure) === undefined) return;
    yield {
      path: "backup.encryption",
      value: backup.encryption,
      reason: "has no effect: it is a header of S3, and the store is not at an S3 service",
      remedy:
        "Remove it: Google and Azure encrypt everything, with your own key if the bucket has one",
    };
  },
});
