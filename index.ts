import * as k8s from "@pulumi/kubernetes";
import { CloudNativePgOperator, PostgresCluster, PostgresPooler } from "./components";
import { recommendedLabels } from "./components/labels";
import { poolerInstances, readConfig } from "./config";

const config = readConfig();

const operator = new CloudNativePgOperator("cloudnative-pg", config.operator);

const namespace = new k8s.core.v1.Namespace("databases", {
  metadata: {
    name: config.namespace,
    labels: {
      ...recommendedLabels("databases", config.namespace, "namespace"),
      "pod-security.kubernetes.io/enforce": "restricted",
    },
  },
});

const clusters = Object.entries(config.clusters).map(([name, args]) => {
  const placed = { ...args, namespace: namespace.metadata.name };
  return [name, new PostgresCluster(name, placed, { dependsOn: operator })] as const;
});

const poolers = clusters.flatMap(([clusterName, cluster]) =>
  Object.entries(config.poolers)
    .filter(([, { cluster }]) => cluster === clusterName)
    .map(([name, args]) => {
      const { namespace, name: clusterObject, maxConnections } = cluster;
      const attached = {
        ...args,
        namespace,
        cluster: clusterObject,
        maxConnections,
        totalInstances: poolerInstances(config, clusterName),
      };
      return [name, new PostgresPooler(name, attached)] as const;
    }),
);

/** Where each cluster is reached, by its name. */
export const clusterEndpoints = Object.fromEntries(
  clusters.map(([name, cluster]) => {
    const { namespace, hostRw, hostRo, hostR, port, database, user, ownerSecretName } = cluster;
    return [
      name,
      {
        name: cluster.name,
        namespace,
        hostRw,
        hostRo,
        hostR,
        port,
        database,
        user,
        ownerSecretName,
      },
    ];
  }),
);

/** Where each pooler is reached, by its name. */
export const poolerEndpoints = Object.fromEntries(
  poolers.map(([name, { namespace, host, port }]) => [name, { namespace, host, port }]),
);
