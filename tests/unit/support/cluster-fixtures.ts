import type { PostgresClusterArgs } from "../../../components/postgres/cluster/args";
import { PostgresCluster } from "../../../components/postgres/cluster/cluster";
import { registrations, type Registration, type RegistrationOptions } from "./registrations";

export const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
export const DATABASE = "kubernetes:postgresql.cnpg.io/v1:Database";
export const DATABASE_ROLE = "kubernetes:postgresql.cnpg.io/v1:DatabaseRole";
export const JOB = "kubernetes:batch/v1:Job";
export const SECRET = "kubernetes:core/v1:Secret";
export const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
export const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
export const PASSWORD = "random:index/randomPassword:RandomPassword";

/** What `dependsOn` and `parent` call the component. */
export const COMPONENT = "ha-postgres:index:PostgresCluster::orders";

/** What the Kubernetes provider waits for. */
export const WAIT_FOR_CLUSTER =
  '["condition=Ready","jsonpath={.status.phase}=Cluster in healthy state"]';

/** The least that a cluster is declared with. */
export const MINIMAL: PostgresClusterArgs = { namespace: "shop", storage: { size: "100Gi" } };

/** All that a PostgresCluster of these arguments registers; the generated password is `generated`. */
export async function declared(
  args: PostgresClusterArgs,
  options: RegistrationOptions = {},
): Promise<Registration[]> {
  return registrations(() => new PostgresCluster("orders", args), {
    outputs: (type) => (type === PASSWORD ? { result: "generated" } : {}),
    ...options,
  });
}

/** The labels of every object of the cluster `orders`. */
export const LABELS = {
  "app.kubernetes.io/name": "postgresql",
  "app.kubernetes.io/instance": "orders",
  "app.kubernetes.io/component": "database",
  "app.kubernetes.io/part-of": "ha-postgres",
  "app.kubernetes.io/managed-by": "pulumi",
};

/** What two cores, 8Gi and a WAL volume of 25Gi come to. */
export const PARAMETERS = {
  max_connections: "400",
  shared_buffers: "2048MB",
  effective_cache_size: "6144MB",
  work_mem: "5242kB",
  maintenance_work_mem: "349525kB",
  autovacuum_max_workers: "3",
  max_worker_processes: "32",
  max_parallel_workers: "2",
  max_parallel_workers_per_gather: "1",
  max_parallel_maintenance_workers: "1",
  max_wal_size: "6400MB",
  min_wal_size: "1600MB",
  max_slot_wal_keep_size: "12800MB",
  wal_keep_size: "512MB",
  max_wal_senders: "10",
  max_prepared_transactions: "0",
  max_locks_per_transaction: "64",
  wal_retrieve_retry_interval: "500ms",
  checkpoint_timeout: "15min",
  checkpoint_completion_target: "0.9",
  random_page_cost: "1.1",
  effective_io_concurrency: "200",
  autovacuum_vacuum_scale_factor: "0.1",
  autovacuum_analyze_scale_factor: "0.05",
  autovacuum_vacuum_cost_limit: "1000",
  tcp_keepalives_idle: "30",
  tcp_keepalives_interval: "10",
  tcp_keepalives_count: "3",
  tcp_user_timeout: "60s",
  client_connection_check_interval: "10s",
  log_lock_waits: "on",
  log_autovacuum_min_duration: "1min",
  log_temp_files: "10MB",
  track_io_timing: "on",
};

export const BALANCED = {
  primaryLease: {
    leaseDurationSeconds: 5,
    renewDeadlineSeconds: 3,
    retryPeriodSeconds: 1,
    releasedLeaseDurationSeconds: 1,
  },
  failoverDelay: 0,
  switchoverDelay: 600,
  smartShutdownTimeout: 0,
  stopDelay: 300,
  startDelay: 3600,
  livenessProbeTimeout: 20,
  probes: {
    startup: { periodSeconds: 1 },
    liveness: {
      terminationGracePeriodSeconds: 10,
      isolationCheck: { enabled: true, requestTimeout: 3000, connectionTimeout: 3000 },
    },
  },
  primaryUpdateMethod: "restart",
  primaryUpdateStrategy: "unsupervised",
};

/** Tolerations of a lost node's taints. */
export function lostNode(notReady: number, unreachable = 0) {
  const taints = [
    ["node.kubernetes.io/not-ready", notReady],
    ["node.kubernetes.io/unreachable", unreachable],
  ] as const;
  return taints.map(([key, tolerationSeconds]) => ({
    key,
    operator: "Exists",
    effect: "NoExecute",
    tolerationSeconds,
  }));
}

/** Siblings may reach the engine in any order. */
export function byId(all: Registration[]): Registration[] {
  return [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
}
