/** What alerts find in a database that Prometheus' own test tool fills: a healthy cluster, and what happens to it. */
import type { PrometheusRuleSpec } from "../../../components/crds/prometheus-operator";

/** Values by series, in the notation of `promtool test rules`, a sample a minute. */
export type Series = Record<string, string>;

export interface AlertCase {
  /** What happens, over the series of a healthy cluster. */
  changed: Series;
  /** Alerts that fire in the end, and how many of each. No others do. */
  firing: Record<string, number>;
}

export interface AlertSuite {
  rules: PrometheusRuleSpec;
  /** From the beginning, at which all is well, to the end, at which somebody looks. */
  hours: number;
  healthy: Series;
  cases: Record<string, AlertCase>;
}

/** Long enough for every suite. */
const MINUTES = 40 * 60;

/** The same value all the time. */
export function always(value: number): string {
  return `${value}x${MINUTES}`;
}

/** One value for the first hour, and another after it. */
export function lately(before: number, after: number): string {
  return `${before}x59 ${after}x${MINUTES}`;
}

/** There for the first hour, and not after it. */
export function gone(value: number): string {
  return `${value}x59 stale`;
}

/** What `promtool test rules` reads. */
export function toolTest({ hours, healthy, cases }: AlertSuite, ruleFile: string): object {
  return {
    rule_files: [ruleFile],
    evaluation_interval: "1m",
    tests: Object.entries(cases).map(([name, { changed, firing }]) => ({
      name,
      interval: "1m",
      input_series: Object.entries({ ...healthy, ...changed }).map(([series, values]) => ({
        series,
        values,
      })),
      promql_expr_test: [
        {
          expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
          eval_time: `${hours}h`,
          exp_samples: Object.entries(firing).map(([name, value]) => ({
            labels: `{alertname="${name}"}`,
            value,
          })),
        },
      ],
    })),
  };
}
