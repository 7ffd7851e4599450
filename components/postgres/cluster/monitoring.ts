import type * as pulumi from "@pulumi/pulumi";
import { ClusterMonitoring } from "../../monitoring/cluster-monitoring/cluster-monitoring";
import type {
  ClusterMonitoringArgs,
  MonitoredReplicaArgs,
} from "../../monitoring/cluster-monitoring/args";
import { SynchronousMethod } from "./args/synchronous";
import type { CommonValues } from "./values-common";

/**
 * Creates metrics and alerts of a cluster if they are requested, once it serves: before that, all of them would fire.
 */
export function createMonitoring(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues,
  cluster: pulumi.Resource,
  replica?: MonitoredReplicaArgs,
): void {
  const { monitoring, labels } = values;
  if (!monitoring) return;
  new ClusterMonitoring(
    `${name}-monitoring`,
    {
      ...monitoring,
      labels: { ...labels, ...monitoring.labels },
      ...monitored(values),
      ...(replica && { replica }),
    },
    { parent, dependsOn: [cluster] },
  );
}

/** The properties of a cluster that the alerts are about. */
function monitored({
  namespace,
  clusterName,
  instances,
  synchronous,
  backup,
}: CommonValues): Omit<ClusterMonitoringArgs, "replica"> {
  return {
    namespace,
    clusterName,
    instances,
    ...(synchronous.method !== SynchronousMethod.Off && {
      synchronousReplicas: synchronous.number,
      dataDurability: synchronous.dataDurability,
    }),
    ...(backup && {
      backup: {
        schedule: backup.schedule,
        immediate: backup.immediate,
        method: backup.method,
      },
    }),
  };
}
