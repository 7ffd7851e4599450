import { clusterRuleSpec } from "../../../components/monitoring/alerts/cluster";
import type { ClusterMonitoringArgs } from "../../../components/monitoring/cluster-monitoring/args";
import { clusterMonitoringValues } from "../../../components/monitoring/values";
import { logicalBackupRuleSpec } from "../../../components/monitoring/alerts/logical-backup";
import { poolerRuleSpec } from "../../../components/monitoring/alerts/pooler";
import { watchRuleSpec } from "../../../components/monitoring/alerts/watch";
import type { PrometheusRuleSpec } from "../../../components/crds/prometheus-operator";

export const POD_MONITOR = "kubernetes:monitoring.coreos.com/v1:PodMonitor";
export const PROMETHEUS_RULE = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";

/** A cluster with everything that there are alerts about. */
export const MONITORED: ClusterMonitoringArgs = {
  namespace: "shop",
  clusterName: "orders",
  instances: 3,
  synchronousReplicas: 1,
  backup: { schedule: "0 0 2 * * *" },
};

export interface Rule {
  alert: string;
  expr: string;
  for: string;
  labels: Record<string, string>;
  annotations: { summary: string; description: string };
}

export function rulesOf(spec: PrometheusRuleSpec): Rule[] {
  return (spec.groups ?? []).flatMap(({ rules = [] }) => rules as Rule[]);
}

/** The rules about a cluster, over the one with everything. */
export function clusterRules(args: Partial<ClusterMonitoringArgs> = {}): Rule[] {
  return rulesOf(clusterRuleSpec(clusterMonitoringValues({ ...MONITORED, ...args }), "shop"));
}

/** The rules about a pooler of two pods. */
export function poolerRules(parameters: Record<string, string> = {}, instances = 2): Rule[] {
  const values = {
    poolerName: "orders-pooler",
    instances,
    parameters: {
      ...{ default_pool_size: "40", reserve_pool_size: "10", max_db_connections: "50" },
      ...{ max_client_conn: "1000", ...parameters },
    },
    alerts: { severities: {}, waitingSeconds: 5 },
  };
  return rulesOf(poolerRuleSpec(values, "shop"));
}

/** The rules about a watch. */
export function watchRules(): Rule[] {
  return rulesOf(
    watchRuleSpec({ watchName: "primary-watch", alerts: { severities: {} } }, "primary-watch"),
  );
}

/** The rules about a daily logical backup. */
export function logicalBackupRules(): Rule[] {
  return rulesOf(
    logicalBackupRuleSpec({ backupName: "orders-dump", severities: {}, ageHours: 26 }, "shop"),
  );
}

export function ruleOf(rules: Rule[], name: string): Rule | undefined {
  return rules.find(({ alert }) => alert === name);
}
