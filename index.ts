import * as k8s from "@pulumi/kubernetes";
import { Platform, PostgresCluster, PostgresPooler } from "./components";
import { recommendedLabels } from "./components/labels";
import { poolerInstances, poolersOf, readConfig } from "./config";

const config = readConfig();

const { mirror } = config;

const platform = new Platform("platform", { mirror, ...config.platform });

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
  const poolers = poolersOf(config, name).map(([pooler]) => pooler);
  const placed = { ...args, mirror, namespace: namespace.metadata.name, poolers };
  return [name, new PostgresCluster(name, placed, { dependsOn: platform })] as const;
});

const poolers = clusters.flatMap(([clusterName, cluster]) => {
  const declared = poolersOf(config, clusterName);
  const totalInstances = poolerInstances(config, clusterName);
  return declared.map(([name, args]) => {
    const { namespace, maxConnections } = cluster;
    const place = { mirror, namespace, cluster: cluster.name, maxConnections, totalInstances };
    return [name, new PostgresPooler(name, { ...args, ...place })] as const;
  });
});

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
