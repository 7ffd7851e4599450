import { PLATFORM } from "./good-platform";
import type { Declared } from "./pack";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const NAMESPACE = "databases";
const guaranteed = (cpu: string, memory: string) => ({
  requests: { cpu, memory },
  limits: { cpu, memory },
});

/** One object of each type, together a stack for which no rule reports anything. */
export const GOOD: Readonly<Record<string, Omit<Declared, "name">>> = {
  operator: {
    type: "kubernetes:helm.sh/v3:Release",
    object: {
      chart: "cloudnative-pg",
      version: "0.29.1",
      values: {
        replicaCount: 2,
        resources: guaranteed("250m", "256Mi"),
        config: { data: { CLUSTERS_ROLLOUT_DELAY: "60" } },
      },
    },
  },
  main: {
    type: "kubernetes:postgresql.cnpg.io/v1:Cluster",
    protect: true,
    dependsOn: ["operator"],
    object: {
      metadata: {
        name: "main",
        namespace: NAMESPACE,
        annotations: { "pulumi.com/waitFor": "condition=Ready" },
      },
      spec: {
        instances: 3,
        imageName: `ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie@${DIGEST}`,
        enablePDB: true,
        priorityClassName: "database",
        primaryUpdateStrategy: "supervised",
        switchoverDelay: 600,
        stopDelay: 300,
        affinity: { podAntiAffinityType: "required" },
        topologySpreadConstraints: [
          {
            topologyKey: "topology.kubernetes.io/zone",
            maxSkew: 1,
            whenUnsatisfiable: "DoNotSchedule",
            labelSelector: { matchLabels: { "cnpg.io/cluster": "main" } },
          },
        ],
        storage: { size: "100Gi", storageClass: "fast" },
        walStorage: { size: "20Gi", storageClass: "fast" },
        resources: guaranteed("4", "16Gi"),
        bootstrap: { initdb: { database: "app", owner: "app", dataChecksums: true } },
        postgresql: {
          synchronous: {
            method: "any",
            number: 1,
            dataDurability: "required",
            failoverQuorum: true,
          },
          parameters: { max_slot_wal_keep_size: "10GB", max_connections: "300" },
          pg_hba: ["hostnossl all all all reject", "hostssl all all 10.0.0.0/8 scram-sha-256"],
        },
        // Created as a copy of another, from a store in another bucket.
        replica: { enabled: false, source: "origin" },
        externalClusters: [
          {
            name: "origin",
            plugin: {
              name: "barman-cloud.cloudnative-pg.io",
              parameters: { barmanObjectName: "mirror", serverName: "main-1" },
            },
          },
        ],
        managed: { roles: [{ name: "app", login: true }] },
        plugins: [
          {
            name: "barman-cloud.cloudnative-pg.io",
            isWALArchiver: true,
            parameters: { barmanObjectName: "store", serverName: "main-1" },
          },
        ],
      },
    },
  },
  pooler: {
    type: "kubernetes:postgresql.cnpg.io/v1:Pooler",
    object: {
      metadata: { name: "pooler", namespace: NAMESPACE },
      spec: {
        cluster: { name: "main" },
        instances: 2,
        pgbouncer: {
          image: "ghcr.io/cloudnative-pg/pgbouncer:1.25.2",
          poolMode: "transaction",
          parameters: { default_pool_size: "50", client_tls_sslmode: "require" },
        },
        template: {
          spec: {
            containers: [{ name: "pgbouncer", resources: guaranteed("250m", "256Mi") }],
            topologySpreadConstraints: [
              {
                topologyKey: "kubernetes.io/hostname",
                maxSkew: 1,
                whenUnsatisfiable: "DoNotSchedule",
                labelSelector: { matchLabels: { "cnpg.io/poolerName": "pooler" } },
              },
            ],
          },
        },
      },
    },
  },
  budget: {
    type: "kubernetes:policy/v1:PodDisruptionBudget",
    object: {
      metadata: { name: "pooler", namespace: NAMESPACE },
      spec: { maxUnavailable: 1, selector: { matchLabels: { "cnpg.io/poolerName": "pooler" } } },
    },
  },
  networkPolicy: {
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    object: {
      metadata: { name: "main", namespace: NAMESPACE },
      spec: {
        podSelector: { matchLabels: { "cnpg.io/cluster": "main" } },
        policyTypes: ["Ingress"],
        ingress: [
          { from: [{ podSelector: {} }], ports: [{ port: 5432, protocol: "TCP" }] },
          {
            from: [
              { podSelector: { matchLabels: { "cnpg.io/cluster": "main" } } },
              {
                namespaceSelector: {},
                podSelector: { matchLabels: { "app.kubernetes.io/name": "cloudnative-pg" } },
              },
            ],
            ports: [{ port: 5432 }, { port: 8000 }],
          },
          { from: [{ namespaceSelector: {} }], ports: [{ port: 9187 }] },
        ],
      },
    },
  },
  poolerPolicy: {
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    object: {
      metadata: { name: "pooler", namespace: NAMESPACE },
      spec: {
        podSelector: { matchLabels: { "cnpg.io/poolerName": "pooler" } },
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 5432 }] }],
      },
    },
  },
  schedule: {
    type: "kubernetes:postgresql.cnpg.io/v1:ScheduledBackup",
    object: {
      metadata: { name: "main", namespace: NAMESPACE },
      spec: {
        cluster: { name: "main" },
        schedule: "0 0 2 * * *",
        target: "primary",
        method: "plugin",
        pluginConfiguration: { name: "barman-cloud.cloudnative-pg.io" },
      },
    },
  },
  store: {
    type: "kubernetes:barmancloud.cnpg.io/v1:ObjectStore",
    object: {
      metadata: { name: "store", namespace: NAMESPACE },
      spec: {
        retentionPolicy: "30d",
        configuration: {
          destinationPath: "s3://backups/",
          endpointURL: "https://s3.example.com",
          s3Credentials: { inheritFromIAMRole: true },
        },
        instanceSidecarConfiguration: { resources: guaranteed("250m", "512Mi") },
      },
    },
  },
  mirror: {
    type: "kubernetes:barmancloud.cnpg.io/v1:ObjectStore",
    object: {
      metadata: { name: "mirror", namespace: NAMESPACE },
      spec: {
        retentionPolicy: "4w",
        configuration: {
          destinationPath: "s3://mirror",
          s3Credentials: {
            accessKeyId: { name: "mirror", key: "id" },
            secretAccessKey: { name: "mirror", key: "secret" },
          },
        },
        instanceSidecarConfiguration: { resources: guaranteed("250m", "512Mi") },
      },
    },
  },
  database: {
    type: "kubernetes:postgresql.cnpg.io/v1:Database",
    object: {
      metadata: { name: "app", namespace: NAMESPACE },
      spec: { name: "app", owner: "app", cluster: { name: "main" } },
    },
  },
  monitor: {
    type: "kubernetes:monitoring.coreos.com/v1:PodMonitor",
    object: {
      metadata: { name: "main", namespace: NAMESPACE },
      spec: {
        selector: { matchLabels: { "cnpg.io/cluster": "main" } },
        podMetricsEndpoints: [{ port: "metrics" }],
      },
    },
  },
  alerts: {
    type: "kubernetes:monitoring.coreos.com/v1:PrometheusRule",
    object: {
      metadata: { name: "main", namespace: NAMESPACE },
      spec: {
        groups: [{ name: "a", rules: [{ alert: "Lag", expr: "cnpg_pg_replication_lag > 30" }] }],
      },
    },
  },
  ...PLATFORM,
};

/** The good stack as a list, without some resources by their keys, which are also their names. */
export function goodStack(...without: readonly string[]): Declared[] {
  return Object.entries(GOOD)
    .filter(([name]) => !without.includes(name))
    .map(([name, resource]) => ({ name, ...resource }));
}
