import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BACKUP_DEFAULTS } from "../backup/backup-values";
import type { PodResources } from "../pod-resources";
import { clusterRules } from "../rules/cluster-rules";
import { recoveryClusterShape } from "../rules/recovery-shape";
import { replicaClusterShape } from "../rules/replica-shape";
import { ruleViolations } from "../rules/rule";
import { shapeViolations, wellFormed } from "../rules/shape";
import { refuse } from "../rules/violation";
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
  return accepted(`RecoveryCluster "${name}"`, recoveryClusterShape, args, (given) => ({
    ...fromSource(name, given),
    target: given.target ?? {},
  }));
}

/** @throws InputPropertiesError with everything that is wrong with the arguments, at once. */
export function acceptedReplica(name: string, args: ReplicaClusterArgs): ReplicaValues {
  return accepted(`ReplicaCluster "${name}"`, replicaClusterShape, args, (given) => ({
    ...fromSource(name, given),
    connection: given.connection,
    minApplyDelay: given.minApplyDelay,
    promote: given.promote ?? false,
    promotionToken: given.promotionToken,
  }));
}

function accepted<Args, Values extends object>(
  component: string,
  shape: z.ZodObject,
  args: Args,
  fill: (given: Args) => Values,
): Values {
  const malformed = shapeViolations(shape, args);
  // The rules judge what is well-formed even if something else is not, so that all mistakes are seen at once.
  const given = wellFormed(shape, args) as object | undefined;
  const values = fill({ storage: { size: "" }, ...given } as Args);
  // Roles come with the data, so that those which nobody declares here may be there nevertheless.
  const judged = ruleViolations(clusterRules, { ...values, rolesInData: true }, malformed);
  refuse(component, [...malformed, ...judged]);
  return values;
}

function fromSource(
  name: string,
  args: RecoveryClusterArgs | ReplicaClusterArgs,
): FromSourceValues {
  return {
    ...commonValues(name, args),
    source: {
      maxParallel: 8,
      sidecarResources: BACKUP_DEFAULTS.sidecarResources,
      ...args.source,
    },
    database: args.database,
    timeout: args.timeout ?? "6h",
  };
}
