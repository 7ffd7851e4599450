import type * as pulumi from "@pulumi/pulumi";
import { mirroredImage } from "../operators/mirror";
import { ROOK_CEPH_NAMESPACE } from "../operators/rook-ceph-operator-values";
import { CEPH_IMAGE } from "../operators/versions";
import type { PodResources } from "../pod-resources";
import { rookCephRules } from "../rules/rook-ceph-rules";
import { rookCephShape } from "../rules/rook-ceph-shape";
import { ruleViolations } from "../rules/rule";
import { shapeViolations } from "../rules/shape";
import type { Violation } from "../rules/violation";
import {
  FailureDomain,
  type RookCephArgs,
  type RookCephStorageArgs,
  Teardown,
} from "./rook-ceph-args";

/** A RookCeph with nothing left open. */
export interface RookCephValues {
  /** Name of the CephCluster, and the beginning of the names of pools and StorageClasses. */
  name: string;
  namespace: pulumi.Input<string>;
  operatorNamespace: pulumi.Input<string>;
  image: string;
  failureDomain: FailureDomain;
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

/** Everything that is wrong with the arguments of a RookCeph. */
export function rookCephViolations(args: RookCephArgs): Violation[] {
  const malformed = shapeViolations(rookCephShape, args);
  return [...malformed, ...ruleViolations(rookCephRules, args, malformed)];
}

/** The arguments with the defaults in them, once nothing is wrong with them. */
export function rookCephValues(name: string, args: RookCephArgs): RookCephValues {
  const { databasePool, filesystem, resources = {} } = args;
  return {
    name,
    namespace: args.namespace ?? ROOK_CEPH_NAMESPACE,
    operatorNamespace: args.operatorNamespace ?? ROOK_CEPH_NAMESPACE,
    image: args.image ?? mirroredImage(CEPH_IMAGE, args.mirror),
    failureDomain: args.failureDomain ?? FailureDomain.Host,
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
