import { z } from "zod";
import { namespaceName, objectName } from "../../formats/names";
import { mirrorSchema } from "../../operators/release/schema";
import { parseBytes } from "../../formats/quantity";
import { input, refusal, type Fields } from "../../contract/schema";
import { computeSize, imageReference } from "../../formats/workload";
import {
  FailureDomain,
  Teardown,
  type RookCephArgs,
  type RookCephBlockPoolArgs,
  type RookCephDatabasePoolArgs,
  type RookCephFilesystemArgs,
  type RookCephNodeArgs,
  type RookCephResourcesArgs,
  type RookCephStorageArgs,
  type RookCephVolumeClaimsArgs,
} from "./args";

const replicas = z
  .int()
  .max(10)
  .refine(
    (count) => count >= 2,
    refusal({
      reason:
        "Ceph spreads a pool over all disks, so without a second copy one lost disk destroys all volumes",
      remedy: "Use 3, or a databasePool for databases that replicate themselves",
    }),
  );

const deviceFilter = z.string().refine(
  isPattern,
  refusal({
    reason: "is not a valid regular expression, and Rook would find no disk",
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
      } satisfies Fields<RookCephNodeArgs>),
    )
    .min(1)
    .optional(),
  volumeClaims: z
    .strictObject({
      count: z.int().min(1).max(1000),
      size: z.string().refine(
        (text) => (parseBytes(text) ?? 0) >= 5 * 2 ** 30,
        refusal({
          reason: "must be a size of at least 5Gi, the smallest disk for Ceph",
          remedy: 'Give a size with its unit, such as "500Gi"',
        }),
      ),
      storageClass: input(objectName),
    } satisfies Fields<RookCephVolumeClaimsArgs>)
    .optional(),
} satisfies Fields<RookCephStorageArgs>);

/** The schema of RookCephArgs. */
export const rookCephSchema = z.strictObject({
  storage,
  namespace: input(namespaceName).optional(),
  operatorNamespace: input(namespaceName).optional(),
  failureDomain: z.enum(FailureDomain).optional(),
  failureDomains: z.int().min(1).max(1000).optional(),
  mons: z.int().min(1).max(9).optional(),
  blockPool: z
    .strictObject({ replicas: replicas.optional() } satisfies Fields<RookCephBlockPoolArgs>)
    .optional(),
  databasePool: z
    .strictObject({
      domains: z.array(objectName).min(1),
      replicas: z.int().min(1).max(10).optional(),
    } satisfies Fields<RookCephDatabasePoolArgs>)
    .optional(),
  filesystem: z
    .strictObject({ replicas: replicas.optional() } satisfies Fields<RookCephFilesystemArgs>)
    .optional(),
  resources: z
    .strictObject({
      mon: computeSize.optional(),
      mgr: computeSize.optional(),
      osd: computeSize.optional(),
      mds: computeSize.optional(),
    } satisfies Fields<RookCephResourcesArgs>)
    .optional(),
  image: imageReference.optional(),
  mirror: mirrorSchema.optional(),
  monitoring: z.boolean().optional(),
  dashboard: z.boolean().optional(),
  teardown: z.enum(Teardown).optional(),
} satisfies Fields<RookCephArgs>);

function isPattern(text: string): boolean {
  try {
    return text !== "" && new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
