import type { PodMonitorSpec } from "../crds/prometheus-operator";

/** The name that CloudNativePG gives to the metrics port, of instances and of poolers. */
const PORT = "metrics";

/**
 * Returns the pods that Prometheus reads, and the interval.
 *
 * @see https://cloudnative-pg.io/docs/1.30/monitoring#creating-a-podmonitor
 */
export function podMonitorSpec(pods: Record<string, string>, interval: string): PodMonitorSpec {
  return {
    selector: { matchLabels: pods },
    podMetricsEndpoints: [{ port: PORT, interval }],
  };
}
