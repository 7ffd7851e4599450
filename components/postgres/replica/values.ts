import type * as pulumi from "@pulumi/pulumi";
import { contract } from "../../contract/contract";
import { clusterRules } from "../cluster/rules";
import { fromSource, type FromSourceValues } from "../recovery/values";
import type { ReplicaClusterArgs, ReplicaConnectionArgs } from "./args";
import { replicaClusterSchema } from "./schema";

/** A ReplicaCluster with every default filled in. */
export interface ReplicaValues extends FromSourceValues {
  connection: ReplicaConnectionArgs | undefined;
  minApplyDelay: string | undefined;
  promote: boolean;
  promotionToken: pulumi.Input<string> | undefined;
  promoteWithoutToken: boolean;
}

/** The contract of ReplicaCluster. */
export const replicaCluster = contract<ReplicaClusterArgs, ReplicaValues>({
  component: "ReplicaCluster",
  schema: replicaClusterSchema,
  rules: clusterRules,
  fill: (args, name) => ({
    ...fromSource(name, args),
    connection: args.connection,
    minApplyDelay: args.minApplyDelay,
    promote: args.promote ?? false,
    promotionToken: args.promotionToken,
    promoteWithoutToken: args.promoteWithoutToken ?? false,
  }),
});
