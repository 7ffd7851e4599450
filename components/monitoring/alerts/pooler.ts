import type { PrometheusRuleSpec } from "../../crds/prometheus-operator";
import { countOf, metric, prometheusRuleSpec, scrapedBy, type Alert } from "./alert";
import { AlertSeverity, PoolerAlert } from "../args/alerts";

/** The values for the alerts about a pooler. */
export interface PoolerAlertValues {
  poolerName: string;
  /** Pods. */
  instances: number;
  /** PgBouncer's settings. */
  parameters: Readonly<Record<string, string>>;
  alerts: { severities: Record<string, AlertSeverity>; waitingSeconds: number };
}

/** The share of `max_client_conn` at which the alert fires. */
const CLIENTS = 0.8;

/** Returns the spec of a pooler's PrometheusRule. */
export function poolerRuleSpec(values: PoolerAlertValues, namespace: string): PrometheusRuleSpec {
  return prometheusRuleSpec([{ name: "pooler", alerts: poolerAlerts(values, namespace) }], {
    labels: { namespace, cnpg_pooler: values.poolerName },
    severities: values.alerts.severities,
  });
}

/** Alerts about whether clients are served, and how soon. */
export function poolerAlerts(values: PoolerAlertValues, namespace: string): Alert[] {
  const { poolerName, instances, parameters, alerts } = values;
  const of = scrapedBy(namespace, poolerName);
  // `cnpg_pgbouncer_up` is declared upstream, but never reported.
  const serving = countOf(`${metric("cnpg_pgbouncer_last_collection_error", of)} == 0`);
  const pool = poolSize(parameters);
  const clients = Number(parameters["max_client_conn"]);
  const inUse = `sum by (pod, database, user) (${metric("cnpg_pgbouncer_pools_sv_active", of)})`;
  const wait = `max by (pod, database, user) (${metric("cnpg_pgbouncer_pools_maxwait", of)})`;
  return [
    {
      name: PoolerAlert.Down,
      severity: AlertSeverity.Critical,
      expr: `${serving} < 1`,
      after: "1m",
      summary: "No pod of the pooler accepts connections.",
      description:
        "Its clients cannot reach the database, or Prometheus receives no metrics of it. Check its pods with `kubectl get " +
        "pods`, and whether their Secrets exist.",
    },
    ...(instances > 1 ? [missing(serving, instances)] : []),
    {
      name: PoolerAlert.ClientsWaiting,
      severity: AlertSeverity.Warning,
      expr: `${wait} > ${alerts.waitingSeconds}`,
      after: "2m",
      summary:
        "A client of {{ $labels.user }} in {{ $labels.database }} has waited {{ $value | humanizeDuration }} on {{ $labels.pod }}.",
      description:
        "There are more clients than server connections, or the database does not respond. If the cluster is healthy, look for " +
        "slow or idle transactions in pg_stat_activity before you enlarge the pool.",
    },
    {
      name: PoolerAlert.ServerConnectionsExhausted,
      severity: AlertSeverity.Warning,
      expr: `${inUse} >= ${pool}`,
      after: "10m",
      summary: `All ${pool} server connections of {{ $labels.user }} in {{ $labels.database }} on {{ $labels.pod }} are in use.`,
      description:
        "The next client waits. Transactions take too long, or in session mode clients hold unused connections: see " +
        "pg_stat_activity. A larger pool needs more max_connections of the cluster.",
    },
    {
      name: PoolerAlert.ClientsNearLimit,
      severity: AlertSeverity.Warning,
      expr: `${metric("cnpg_pgbouncer_lists_used_clients", of)} > ${Math.floor(clients * CLIENTS)}`,
      after: "5m",
      summary: `{{ $labels.pod }} has {{ $value }} clients, and rejects more than ${clients}.`,
      description:
        "Find the application that opens so many connections. max_client_conn can be raised: a client costs PgBouncer a few kilobytes.",
    },
  ];
}

function missing(serving: string, instances: number): Alert {
  return {
    name: PoolerAlert.InstancesMissing,
    severity: AlertSeverity.Warning,
    expr: `${serving} < ${instances}`,
    after: "10m",
    summary: `{{ $value }} of ${instances} pods of the pooler accept connections.`,
    description:
      "The remaining pods have less than the pooler's share of connections. Find the pod that is not ready, and the cause, " +
      "with `kubectl describe pod`.",
  };
}

/** Returns the maximum of server connections for one pair of database and user in one pod. For PgBouncer 0 means no limit. */
function poolSize(parameters: Readonly<Record<string, string>>): number {
  const limit = Number(parameters["max_db_connections"]) || Number.POSITIVE_INFINITY;
  const pool = Number(parameters["default_pool_size"]) + Number(parameters["reserve_pool_size"]);
  return Math.min(pool, limit);
}
