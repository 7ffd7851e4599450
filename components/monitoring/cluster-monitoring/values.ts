import { contract } from "../../contract/contract";
import { clusterNameFits } from "../../formats/cluster-name";
import { labelsFree } from "../../formats/labels";
import { clusterMonitoringSchema } from "../schema";
import type { ClusterMonitoringArgs } from "./args";
import { clusterMonitoringBackups } from "./rules/backups";

/** The contract of ClusterMonitoring. */
export const clusterMonitoring = contract<ClusterMonitoringArgs>({
  component: "ClusterMonitoring",
  schema: clusterMonitoringSchema,
  rules: [clusterNameFits, labelsFree, clusterMonitoringBackups],
});
