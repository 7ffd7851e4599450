import type { PrometheusRuleSpec } from "../../crds/prometheus-operator";
import { countOf, metric, prometheusRuleSpec, scrapedBy, type Alert } from "./alert";
import { AlertSeverity, PoolerAlert } from "../args/alerts";

/** What the alerts about a pooler are made of. */
export interface PoolerAlertValues {
  poolerName: string;
  /** Pods. */
  instances: number;
  /** PgBouncer's settings. */
  parameters: Readonly<Record<string, string>>;
  alerts: { severities: Record<string, AlertSeverity>; waitingSeconds: number };
}

/** The share of `max_client_conn` at which somebody is told. */
const CLIENTS = 0.8;

/** The PrometheusRule of a pooler. */
export function poolerRuleSpec(values: PoolerAlertValues, namespace: string): PrometheusRuleSpec {
  return prometheusRuleSpec([{ name: "pooler", alerts: poolerAlerts(values, namespace) }], {
    labels: { namespace, cnpg_pooler: values.poolerName },
    severities: values.alerts.severities,
  });
}

/** Whether clients get through, and soon. */
export function poolerAlerts(values: PoolerAlertValues, namespace: string): Alert[] {
  const { poolerName, instances, parameters, alerts } = values;
  const of = scrapedBy(namespace, poolerName);
  // `cnpg_pgbouncer_up` is declared upstream, and never told.
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
      summary: "No pod of the pooler takes connections.",
      description:
        "Whoever connects through it is cut off from the database. Or Prometheus sees none of its metrics. See its pods with " +
        "`kubectl get pods`, and whether their Secrets are there.",
    },
    ...(instances > 1 ? [missing(serving, instances)] : []),
    {
      name: PoolerAlert.ClientsWaiting,
      severity: AlertSeverity.Warning,
      expr: `${wait} > ${alerts.waitingSeconds}`,
      after: "2m",
      summary:
        "A client of {{ $labels.user }} in {{ $labels.database }} waits for {{ $value | humanizeDuration }} on {{ $labels.pod }}.",
      description:
        "There are more clients than server connections, or the database does not answer. If the cluster is well, look for slow " +
        "or idle transactions in pg_stat_activity before the pool is made larger.",
    },
    {
      name: PoolerAlert.ServerConnectionsExhausted,
      severity: AlertSeverity.Warning,
      expr: `${inUse} >= ${pool}`,
      after: "10m",
      summary: `All ${pool} server connections of {{ $labels.user }} in {{ $labels.database }} on {{ $labels.pod }} are in use.`,
      description:
        "The next client waits. Transactions take too long, or in session mode clients hold connections that they do not use: " +
        "see pg_stat_activity. A larger pool needs more max_connections of the cluster.",
    },
    {
      name: PoolerAlert.ClientsNearLimit,
      severity: AlertSeverity.Warning,
      expr: `${metric("cnpg_pgbouncer_lists_used_clients", of)} > ${Math.floor(clients * CLIENTS)}`,
      after: "5m",
      summary: `{{ $labels.pod }} has {{ $value }} clients, and turns them away beyond ${clients}.`,
      description:
        "Find the application that opens so many. max_client_conn can be raised: a client costs PgBouncer a few kilobytes.",
    },
  ];
}

function missing(serving: string, instances: number): Alert {
  return {
    name: PoolerAlert.InstancesMissing,
    severity: AlertSeverity.Warning,
    expr: `${serving} < ${instances}`,
    after: "10m",
    summary: `{{ $value }} of ${instances} pods of the pooler take connections.`,
    description:
      "Those that are left have less than the pooler's share of connections. See which pod is not ready and why with `kubectl " +
      "describe pod`.",
  };
}

/** The most server connections of one pair of database and user in one pod. PgBouncer reads 0 as no limit. */
function poolSize(parameters: Readonly<Record<string, string>>): number {
  const limit = Number(parameters["max_db_connections"]) || Number.POSITIVE_INFINITY;
  const pool = Number(parameters["default_pool_size"]) + Number(parameters["reserve_pool_size"]);
  return Math.min(pool, limit);
}
