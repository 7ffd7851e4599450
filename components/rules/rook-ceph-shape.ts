import { z } from "zod";
import { namespaceName, objectName } from "./formats";
import { mirrorShape } from "./operator-args-shape";
import { parseBytes } from "./quantity";
import { input, refusal } from "./shape";
import { computeSize, imageReference } from "./workload-shape";

const replicas = z
  .int()
  .max(10)
  .refine(
    (count) => count >= 2,
    refusal({
      reason:
        "Ceph spreads a pool over all disks, so without a second copy one lost disk takes all volumes along",
      remedy: "Use 3, or keep what replicates itself in a databasePool",
    }),
  );

const deviceFilter = z.string().refine(
  isPattern,
  refusal({
    reason: "it is no regular expression, and Rook would find no disk",
    remedy: 'Write a pattern over the names of disks, such as "^nvme[1-9]"',
  }),
);

const storage = z.strictObject({
  allDevices: z.boolean().optional(),
  deviceFilter: deviceFilter.optional(),
  nodes: z
    .array(
      z.strictObject({
        name: objectName,
        devices: z.array(z.string().min(1)).min(1).optional(),
      }),
    )
    .min(1)
    .optional(),
  volumeClaims: z
    .strictObject({
      count: z.int().min(1).max(1000),
      size: z.string().refine(
        (text) => (parseBytes(text) ?? 0) >= 5 * 2 ** 30,
        refusal({
          reason: "it is no size that Ceph makes a disk of: it needs 5Gi or more",
          remedy: 'Give a size with its unit, such as "500Gi"',
        }),
      ),
      storageClass: input(objectName),
    })
    .optional(),
});

/** The shape of RookCephArgs. */
export const rookCephShape = z.strictObject({
  storage,
  namespace: input(namespaceName).optional(),
  operatorNamespace: input(namespaceName).optional(),
  failureDomain: z.enum(["host", "zone"]).optional(),
  failureDomains: z.int().min(1).max(1000).optional(),
  mons: z.int().min(1).max(9).optional(),
  blockPool: z.strictObject({ replicas: replicas.optional() }).optional(),
  databasePool: z
    .strictObject({
      domains: z.array(objectName).min(1),
      replicas: z.int().min(1).max(10).optional(),
    })
    .optional(),
  filesystem: z.strictObject({ replicas: replicas.optional() }).optional(),
  resources: z
    .strictObject({
      mon: computeSize.optional(),
      mgr: computeSize.optional(),
      osd: computeSize.optional(),
      mds: computeSize.optional(),
    })
    .optional(),
  image: imageReference.optional(),
  mirror: mirrorShape.optional(),
  monitoring: z.boolean().optional(),
  dashboard: z.boolean().optional(),
  teardown: z.enum(["retain-data", "destroy-data"]).optional(),
});

function isPattern(text: string): boolean {
  try {
    return text !== "" && new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
