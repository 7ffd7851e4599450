import { rule } from "../../../contract/rule";
import type { RookCephLayout } from "./subject";

export const rookReplicas = rule({
  name: "rook-replicas",
  why: "Each copy is in a different failure domain, so there cannot be more copies than domains.",
  *check(layout: RookCephLayout) {
    const { failureDomain, failureDomains, blockReplicas, filesystemReplicas, storage } = layout;
    const copies = [
      { path: "blockPool.replicas", value: blockReplicas },
      ...(filesystemReplicas === undefined
        ? []
        : [{ path: "filesystem.replicas", value: filesystemReplicas }]),
    ];
    yield* copies
      .filter(({ value }) => value > failureDomains)
      .map((copy) => ({
        ...copy,
        reason: `exceeds the ${failureDomains} ${failureDomain}s: each copy needs a separate one, so nothing could be written`,
        remedy: `Use ${failureDomains} or fewer, or set failureDomains to the number of ${failureDomain}s with disks`,
      }));
    const disks = storage?.volumeClaims?.count;
    const most = Math.max(...copies.map(({ value }) => value));
    if (disks === undefined || disks >= most) return;
    yield {
      path: "storage.volumeClaims.count",
      value: disks,
      reason: `must be at least ${most}: each copy needs a separate disk`,
      remedy: `Use ${most} or more`,
    };
  },
});
