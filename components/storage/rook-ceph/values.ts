import type * as pulumi from "@pulumi/pulumi";
import { mirroredImage } from "../../operators/release/mirror";
import { ROOK_CEPH_NAMESPACE } from "../../operators/rook-ceph-operator/values";
import { CEPH_IMAGE } from "../../operators/versions";
import type { PodResources } from "../../kubernetes/pod-resources";
import { contract } from "../../contract/contract";
import { rookCephRules } from "./rules";
import { rookCephSchema } from "./schema";
import { FailureDomain, type RookCephArgs, type RookCephStorageArgs, Teardown } from "./args";

/** The arguments of a RookCeph with all defaults. */
export interface RookCephValues {
  /** Name of the CephCluster, and the beginning of the names of pools and StorageClasses. */
  name: string;
  namespace: pulumi.Input<string>;
  operatorNamespace: pulumi.Input<string>;
  image: string;
  failureDomain: FailureDomain;
  /** Number of failure domains with disks, as far as it is known. */
  failureDomains: number;
  mons: number;
  storage: RookCephStorageArgs;
  blockReplicas: number;
  database?: { domains: string[]; replicas: number };
  filesystemReplicas?: number;
  resources: Record<"mon" | "mgr" | "osd" | "mds", PodResources>;
  monitoring: boolean;
  dashboard: boolean;
  teardown: Teardown;
}

/** Validates the arguments of RookCeph. */
export const rookCeph = contract<RookCephArgs, RookCephValues>({
  component: "RookCeph",
  schema: rookCephSchema,
  rules: rookCephRules,
  fill: rookCephValues,
});

function rookCephValues(args: RookCephArgs, name: string): RookCephValues {
  const { failureDomain = FailureDomain.Host, databasePool, filesystem, resources = {} } = args;
  return {
    name,
    namespace: args.namespace ?? ROOK_CEPH_NAMESPACE,
    operatorNamespace: args.operatorNamespace ?? ROOK_CEPH_NAMESPACE,
    image: args.image ?? mirroredImage(CEPH_IMAGE, args.mirror),
    failureDomain,
    failureDomains: args.failureDomains ?? hostsOf(args, failureDomain) ?? 3,
    mons: args.mons ?? 3,
    storage: args.storage,
    blockReplicas: args.blockPool?.replicas ?? 3,
    ...(databasePool && {
      database: { domains: databasePool.domains, replicas: databasePool.replicas ?? 1 },
    }),
    ...(filesystem && { filesystemReplicas: filesystem.replicas ?? 3 }),
    resources: {
      mon: resources.mon ?? { cpu: "1", memory: "2Gi" },
      mgr: resources.mgr ?? { cpu: "500m", memory: "1Gi" },
      osd: resources.osd ?? { cpu: "2", memory: "4Gi" },
      mds: resources.mds ?? { cpu: "1", memory: "4Gi" },
    },
    monitoring: args.monitoring ?? false,
    dashboard: args.dashboard ?? false,
    teardown: args.teardown ?? Teardown.RetainData,
  };
}

/** Number of hosts, if these are the failure domains and the arguments name them. */
function hostsOf({ storage }: Partial<RookCephArgs>, failureDomain: FailureDomain) {
  return failureDomain === FailureDomain.Host ? storage?.nodes?.length : undefined;
}
