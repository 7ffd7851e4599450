import type {
  PrometheusRuleSpec,
  PrometheusRuleSpecGroupsRules,
} from "../../crds/prometheus-operator";
import { AlertSeverity } from "../args/alerts";

/** One alert: what it says when, and what to do first. */
export interface Alert {
  name: string;
  severity: AlertSeverity;
  /** PromQL: whatever it finds is an alert. */
  expr: string;
  /** How long it has to be found before somebody is told. */
  after: string;
  /** One sentence: what is the case. */
  summary: string;
  /** Why that matters, and the first thing to do. */
  description: string;
}

/** Alerts that belong together. */
export interface AlertGroup {
  name: string;
  alerts: Alert[];
}

/** What all alerts about one object have in common. */
export interface AlertScope {
  /** Labels that say what the alert is about, where the metrics' own have been summed up. */
  labels: Record<string, string>;
  /** What single alerts are worth, where it is not the default. */
  severities: Record<string, AlertSeverity>;
}

/**
 * The alerts as rules, less those that are switched off.
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

/** The series of a metric: `metric("up", { job: "a" }, 'mode="b"')` is `up{job="a",mode="b"}`. */
export function metric(name: string, ...matchers: string[]): string {
  return `${name}{${matchers.join(",")}}`;
}

/** What a PodMonitor finds; nobody else's metrics of the same pods, which would count double. */
export function scrapedBy(namespace: string, monitor: string): string {
  return `job="${namespace}/${monitor}"`;
}

/** How many series an expression finds: 0, and not nothing at all, where there are none. */
export function countOf(expr: string): string {
  return `(count(${expr}) or vector(0))`;
}
