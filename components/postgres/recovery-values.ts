import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BACKUP_DEFAULTS, walFilesAtOnce } from "../backup/backup-values";
import type { PodResources } from "../pod-resources";
import { clusterRules } from "../rules/cluster-rules";
import { recoveryClusterShape } from "../rules/recovery-shape";
import { replicaClusterShape } from "../rules/replica-shape";
import { ruleViolations } from "../rules/rule";
import { shapeViolations, wellFormed } from "../rules/shape";
import { refuse, type Violation } from "../rules/violation";
import { commonValues, type CommonValues } from "./cluster-values-common";
import type {
  RecoveredDatabaseArgs,
  RecoveryClusterArgs,
  RecoverySourceArgs,
  RecoveryTargetArgs,
} from "./recovery-args";
import type { ReplicaClusterArgs, ReplicaConnectionArgs } from "./replica-args";

type SourceValues = RecoverySourceArgs & { maxParallel: number; sidecarResources: PodResources };

/** A cluster that comes from another one's archive, with every default filled in. */
interface FromSourceValues extends CommonValues {
  source: SourceValues;
  database: RecoveredDatabaseArgs;
  timeout: string;
}

export interface RecoveryValues extends FromSourceValues {
  target: RecoveryTargetArgs;
}

export interface ReplicaValues extends FromSourceValues {
  connection: ReplicaConnectionArgs | undefined;
  minApplyDelay: string | undefined;
  promote: boolean;
  promotionToken: pulumi.Input<string> | undefined;
}

/** @throws InputPropertiesError with everything that is wrong with the arguments, at once. */
export function acceptedRecovery(name: string, args: RecoveryClusterArgs): RecoveryValues {
  const { values, violations } = judgedRecovery(name, args);
  refuse(`RecoveryCluster "${name}"`, violations);
  return values;
}

/** @throws InputPropertiesError with everything that is wrong with the arguments, at once. */
export function acceptedReplica(name: string, args: ReplicaClusterArgs): ReplicaValues {
  const { values, violations } = judgedReplica(name, args);
  refuse(`ReplicaCluster "${name}"`, violations);
  return values;
}

/** The values of arguments as far as these are well-formed, and everything that is wrong with them. */
interface Judged<Values> {
  values: Values;
  violations: Violation[];
}

/** The same of a RecoveryCluster, for whoever does not create it yet. */
export function judgedRecovery(name: string, args: RecoveryClusterArgs): Judged<RecoveryValues> {
  return judged(recoveryClusterShape, args, (given) => ({
    ...fromSource(name, given),
    target: given.target ?? {},
  }));
}

/** The same of a ReplicaCluster. */
export function judgedReplica(name: string, args: ReplicaClusterArgs): Judged<ReplicaValues> {
  return judged(replicaClusterShape, args, (given) => ({
    ...fromSource(name, given),
    connection: given.connection,
    minApplyDelay: given.minApplyDelay,
    promote: given.promote ?? false,
    promotionToken: given.promotionToken,
  }));
}

function judged<Args, Values extends object>(
  shape: z.ZodObject,
  args: Args,
  fill: (given: Args) => Values,
): Judged<Values> {
  const malformed = shapeViolations(shape, args);
  // The rules judge what is well-formed even if something else is not, so that all mistakes are seen at once.
  const given = wellFormed(shape, args) as object | undefined;
  const values = fill({ storage: { size: "" }, ...given } as Args);
  // Roles come with the data, so that those which nobody declares here may be there nevertheless.
  const broken = ruleViolations(clusterRules, { ...values, rolesInData: true }, malformed);
  return { values, violations: [...malformed, ...broken] };
}

function fromSource(
  name: string,
  args: RecoveryClusterArgs | ReplicaClusterArgs,
): FromSourceValues {
  return {
    ...commonValues(name, args, (args.source as RecoverySourceArgs | undefined)?.parameters),
    source: sourceValues(args.source),
    database: args.database,
    timeout: args.timeout ?? "6h",
  };
}

/** Where the arguments are malformed, there may be no source. */
function sourceValues(given: RecoverySourceArgs | undefined): SourceValues {
  const sidecarResources = given?.sidecarResources ?? BACKUP_DEFAULTS.sidecarResources;
  const maxParallel = given?.maxParallel ?? walFilesAtOnce(sidecarResources);
  return { ...given, sidecarResources, maxParallel } as SourceValues;
}
