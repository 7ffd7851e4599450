import { sidecarValues, walFilesAtOnce } from "../../backup/values";
import type { SidecarResources } from "../../backup/args/sidecar";
import { clusterRules } from "../cluster/rules";
import { contract } from "../../contract/contract";
import { createIfEmpty } from "./rules/create-if-empty";
import { recoveryClusterSchema } from "./schema";
import { commonValues, type CommonValues } from "../cluster/values-common";
import type {
  RecoveredDatabaseArgs,
  RecoveryClusterArgs,
  RecoverySourceArgs,
  RecoveryTargetArgs,
} from "./args";
import type { ReplicaClusterArgs } from "../replica/args";

type SourceValues = RecoverySourceArgs & {
  maxParallel: number;
  sidecarResources: Required<SidecarResources>;
};

/** A cluster that is created from another one's archive, with every default filled in. */
export interface FromSourceValues extends CommonValues {
  source: SourceValues;
  /** Whether roles come with the data, so that undeclared ones exist, too. */
  rolesInData: boolean;
  database: RecoveredDatabaseArgs;
  timeout: string;
}

export interface RecoveryValues extends FromSourceValues {
  createIfEmpty: boolean;
  target: RecoveryTargetArgs;
}

/** The contract of RecoveryCluster. */
export const recoveryCluster = contract<RecoveryClusterArgs, RecoveryValues>({
  component: "RecoveryCluster",
  schema: recoveryClusterSchema,
  rules: [...clusterRules, createIfEmpty],
  fill: (args, name) => ({
    ...fromSource(name, args),
    target: args.target ?? {},
    createIfEmpty: args.createIfEmpty ?? false,
    // Of an empty one there are those alone that are declared.
    rolesInData: args.createIfEmpty !== true,
  }),
});

/** The common values of a RecoveryCluster and a ReplicaCluster. */
export function fromSource(
  name: string,
  args: RecoveryClusterArgs | ReplicaClusterArgs,
): FromSourceValues {
  return {
    ...commonValues(name, args, (args.source as RecoverySourceArgs | undefined)?.parameters),
    source: sourceValues(args.source),
    rolesInData: true,
    database: args.database,
    timeout: args.timeout ?? "6h",
  };
}

/** The source with its defaults. It may be missing if the arguments are malformed. */
function sourceValues(given: RecoverySourceArgs | undefined): SourceValues {
  const sidecarResources = sidecarValues(given?.sidecarResources);
  const maxParallel = given?.maxParallel ?? walFilesAtOnce(sidecarResources);
  return { ...given, sidecarResources, maxParallel } as SourceValues;
}
