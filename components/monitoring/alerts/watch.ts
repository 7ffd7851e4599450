import type { PrometheusRuleSpec } from "../../crds/prometheus-operator";
import { AlertSeverity, WatchAlert } from "../args/alerts";
import { metric, prometheusRuleSpec, scrapedBy, type Alert } from "./alert";

/** The values for the alerts about a watch. */
export interface WatchAlertValues {
  watchName: string;
  alerts: { severities: Record<string, AlertSeverity> };
}

/** The watchers without which none of two remains when the primary's host is lost. */
const LEAST_WATCHERS = 3;

/** Returns the spec of a watch's PrometheusRule. */
export function watchRuleSpec(values: WatchAlertValues, namespace: string): PrometheusRuleSpec {
  return prometheusRuleSpec([{ name: "watch", alerts: watchAlerts(values, namespace) }], {
    labels: { namespace, primary_watch: values.watchName },
    severities: values.alerts.severities,
  });
}

/** Alerts about whether the watch can act, and when it does. */
function watchAlerts({ watchName }: WatchAlertValues, namespace: string): Alert[] {
  const of = scrapedBy(namespace, watchName);
  // As they hear of each other: one that is scraped and cannot say what it sees is of no use.
  const watchers = `(max(${metric("ha_postgres_watch_watchers", of)}) or vector(0))`;
  return [
    {
      name: WatchAlert.Acted,
      severity: AlertSeverity.Warning,
      expr: `time() - max by (exported_namespace, cluster) (${metric("ha_postgres_watch_last_deletion_timestamp_seconds", of)}) < 600`,
      after: "0s",
      summary:
        "The pod of the primary of {{ $labels.exported_namespace }}/{{ $labels.cluster }} was deleted, since it did not answer.",
      description:
        "A replica is promoted, and no acknowledged commit is lost. Find out what the primary's node or PostgreSQL was doing: " +
        "`kubectl events` of the cluster names the watchers that agreed. The watch does nothing about this cluster for ten minutes.",
    },
    {
      name: WatchAlert.LeavesAlone,
      severity: AlertSeverity.Critical,
      expr: `max by (exported_namespace, cluster, reason) (${metric("ha_postgres_watch_primary_left_alone", of)}) > 0`,
      after: "0s",
      summary:
        "The primary of {{ $labels.exported_namespace }}/{{ $labels.cluster }} does not answer, and is left alone: {{ $labels.reason }}.",
      description:
        "Nobody can write. Look at the cluster with `kubectl describe cluster`, and at the primary's " +
        "node; deleting the primary's pod lets the operator promote a replica.",
    },
    {
      name: WatchAlert.CannotSee,
      severity: AlertSeverity.Warning,
      expr: `max by (exported_namespace, cluster) (${metric("ha_postgres_watch_unseen_instances", of)}) > 0`,
      after: "5m",
      summary:
        "{{ $value }} instances of {{ $labels.exported_namespace }}/{{ $labels.cluster }} are ready and have never answered a watcher.",
      description:
        "The watch does not act for an instance that it has never seen answer. A NetworkPolicy may keep the watchers out: " +
        "`networkPolicy.watchNamespace` of a cluster admits them to port 5432.",
    },
    {
      name: WatchAlert.TooFewWatchers,
      severity: AlertSeverity.Warning,
      expr: `${watchers} < ${LEAST_WATCHERS}`,
      after: "5m",
      summary: "{{ $value }} watchers work, and 3 are needed.",
      description:
        "When the host of a primary is lost, two watchers on other hosts have to agree; until then a lost node costs a minute " +
        "instead of 20 seconds. See `kubectl get pods` in the watch's namespace, and whether three hosts are free.",
    },
  ];
}
