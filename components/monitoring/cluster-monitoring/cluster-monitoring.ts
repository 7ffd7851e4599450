import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import { clusterRuleSpec } from "../alerts/cluster";
import type { ClusterMonitoringArgs } from "./args";
import { clusterMonitoring } from "./values";
import { createMonitor, createRule } from "../objects";
import { clusterMonitoringValues } from "../values";

/**
 * Metrics of a cluster's instances for a Prometheus, and the alerts that operators need. The clusters of this package
 * create it themselves if `monitoring` is set; use it separately for a cluster that is declared elsewhere.
 *
 * It needs the definitions of the Prometheus operator (PrometheusStack installs them), and for the alerts about volumes the
 * kubelet's metrics, which that stack reads.
 *
 * @example
 * ```typescript
 * const monitoring = new ClusterMonitoring("legacy", {
 *   namespace: "shop",
 *   clusterName: "legacy",
 *   instances: 3,
 *   synchronousReplicas: 1,
 *   backup: { schedule: "0 0 2 * * *" },
 *   alerts: { severities: { [ClusterAlert.Deadlocks]: AlertSeverity.Off } },
 * });
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://cloudnative-pg.io/docs/1.30/monitoring
 */
export class ClusterMonitoring extends pulumi.ComponentResource {
  /** Name of the PodMonitor. Its metrics have the label `job="<namespace>/<this>"`. */
  public readonly podMonitor: pulumi.Output<string>;
  /** Name of the PrometheusRule. Undefined without alerts. */
  public readonly prometheusRule?: pulumi.Output<string>;

  constructor(name: string, args: ClusterMonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    args = clusterMonitoring.accept(name, args);
    super("ha-postgres:index:ClusterMonitoring", name, {}, opts);

    const { namespace, clusterName, labels } = args;
    const values = clusterMonitoringValues(args);
    const metadata = {
      name: clusterName,
      namespace,
      labels: { ...labels, ...recommendedLabels("postgresql", clusterName, "monitoring") },
    };
    const pods = { "cnpg.io/cluster": clusterName, "cnpg.io/podRole": "instance" };
    const monitor = createMonitor(name, metadata, pods, values.interval, { parent: this });
    this.podMonitor = monitor.metadata.name;
    if (values.alerts.enabled) {
      const spec = (known: string) => clusterRuleSpec(values, known);
      this.prometheusRule = createRule(name, metadata, spec, { parent: this }).metadata.name;
    }
    this.registerOutputs({
      podMonitor: this.podMonitor,
      ...(this.prometheusRule && { prometheusRule: this.prometheusRule }),
    });
  }
}
