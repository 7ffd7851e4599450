import type {
  PrometheusRuleSpec,
  PrometheusRuleSpecGroupsRules,
} from "../../crds/prometheus-operator";
import { AlertSeverity } from "../args/alerts";

/** One alert: its condition, and what to do first. */
export interface Alert {
  name: string;
  severity: AlertSeverity;
  /** PromQL: every result is an alert. */
  expr: string;
  /** Time that the result must persist before the alert fires. */
  after: string;
  /** One sentence about the fault. */
  summary: string;
  /** The reason why it matters, and the first thing to do. */
  description: string;
}

/** Alerts that belong together. */
export interface AlertGroup {
  name: string;
  alerts: Alert[];
}

/** The common parts of all alerts about one object. */
export interface AlertScope {
  /** Labels that identify the alert's object, since aggregation removes those of the metrics. */
  labels: Record<string, string>;
  /** Severities of single alerts that differ from the default. */
  severities: Record<string, AlertSeverity>;
}

/**
 * Returns the alerts as rules, except those that are switched off.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export function prometheusRuleSpec(groups: AlertGroup[], scope: AlertScope): PrometheusRuleSpec {
  const declared = groups.map(({ name, alerts }) => ({
    name,
    rules: alerts.flatMap((alert) => rules(alert, scope)),
  }));
  return { groups: declared.filter((group) => group.rules.length > 0) };
}

function rules(alert: Alert, { labels, severities }: AlertScope): PrometheusRuleSpecGroupsRules[] {
  const { name, expr, after, summary, description } = alert;
  const severity = severities[name] ?? alert.severity;
  if (severity === AlertSeverity.Off) return [];
  return [
    {
      alert: name,
      expr,
      for: after,
      labels: { ...labels, severity },
      annotations: { summary, description },
    },
  ];
}

/** Returns the selector of a metric's series: `metric("up", { job: "a" }, 'mode="b"')` is `up{job="a",mode="b"}`. */
export function metric(name: string, ...matchers: string[]): string {
  return `${name}{${matchers.join(",")}}`;
}

/** Selects the metrics of one PodMonitor; other scrapes of the same pods would count double. */
export function scrapedBy(namespace: string, monitor: string): string {
  return `job="${namespace}/${monitor}"`;
}

/** Counts the series that an expression finds: 0, instead of no result, if there are none. */
export function countOf(expr: string): string {
  return `(count(${expr}) or vector(0))`;
}
