import { specOf } from "../../resources/cluster";
import { at, stackRule } from "../../engine/rule";
import { nameOf } from "../../engine/stack";
import { CEPH_BLOCK_POOL, CLUSTER, STORAGE_CLASS } from "../../engine/types";

export const replicatedPool = stackRule({
  name: "replicated-pool",
  group: "storage",
  description: "A Cluster with replicas uses a Ceph pool without replication.",
  why: "Three instances on a pool of size 3 write everything nine times, and each commit waits for it.",
  remediation: "Use a StorageClass whose CephBlockPool has spec.replicated.size: 1.",
  severity: "low",
  level: "advisory",
  link: "https://cloudnative-pg.io/docs/1.30/storage#block-storage-considerations-cephlonghorn",
  type: CLUSTER,
  *checkStack(stack) {
    const classes = stack.ofType(STORAGE_CLASS);
    const pools = stack.ofType(CEPH_BLOCK_POOL);
    for (const cluster of stack.ofType(CLUSTER)) {
      if ((specOf(cluster).at("instances").number ?? 1) < 2) continue;
      const used = specOf(cluster).at("storage", "storageClass");
      const found = classes.find((one) => used.isSet && nameOf(one) === used.text);
      const pool = found?.object.at("parameters", "pool").text;
      const replicated = pools.find((one) => pool !== undefined && nameOf(one) === pool);
      const size = replicated?.object.at("spec", "replicated", "size").number ?? 1;
      if (size < 2) continue;
      yield {
        resource: cluster,
        ...at(
          used,
          `each instance's volume is stored ${size} times in the pool ${pool ?? ""}`,
          "Use a StorageClass over a pool of size 1",
        ),
      };
    }
  },
});
