import { failureDomainsOf, rookCephSubject } from "./rook-ceph-subject";
import { rule } from "./rule";

export const rookReplicas = rule({
  name: "rook-replicas",
  why: "Each copy is in another failure domain, so there can be no more copies than domains.",
  subject: rookCephSubject,
  judge: (subject) => {
    const { failureDomain = "host", blockPool, filesystem, storage } = subject;
    const domains = failureDomainsOf(subject);
    const copies = [
      { path: "blockPool.replicas", value: blockPool?.replicas ?? 3 },
      ...(filesystem ? [{ path: "filesystem.replicas", value: filesystem.replicas ?? 3 }] : []),
    ];
    const disks = storage?.volumeClaims?.count;
    const most = Math.max(...copies.map(({ value }) => value));
    return [
      ...copies
        .filter(({ value }) => value > domains)
        .map((copy) => ({
          ...copy,
          reason: `each copy needs a ${failureDomain} of its own, and there are ${domains}: nothing could be written`,
          remedy: `Use ${domains} or fewer, or set failureDomains to the number of ${failureDomain}s with disks`,
        })),
      ...(disks !== undefined && disks < most
        ? [
            {
              path: "storage.volumeClaims.count",
              value: disks,
              reason: `${most} copies need as many disks`,
              remedy: `Use ${most} or more`,
            },
          ]
        : []),
    ];
  },
});
