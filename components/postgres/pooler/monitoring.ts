import * as pulumi from "@pulumi/pulumi";
import { createMonitor, createRule } from "../../monitoring/objects";
import { poolerMonitoringValues } from "../../monitoring/values";
import { poolerRuleSpec } from "../../monitoring/alerts/pooler";
import { poolerMetadata } from "./metadata";
import { poolerPodLabels } from "./spec";
import { effectiveParameters, type PoolerValues } from "./values";

/**
 * Creates metrics and alerts of a pooler if they are requested, once its pods accept connections: before that, alerts
 * would fire.
 */
export function createMonitoring(
  parent: pulumi.Resource,
  name: string,
  values: PoolerValues,
  budget: pulumi.Resource,
): void {
  if (!values.monitoring) return;
  const { poolerName, instances } = values;
  const { interval, labels, alerts } = poolerMonitoringValues(values.monitoring);
  const metadata = poolerMetadata({ ...values, labels: { ...values.labels, ...labels } });
  const opts = { parent, dependsOn: [budget] };
  createMonitor(name, metadata, poolerPodLabels(poolerName), interval, opts);
  if (!alerts.enabled) return;
  const spec = (known: string) =>
    pulumi
      .output(effectiveParameters(values))
      .apply((parameters) => poolerRuleSpec({ poolerName, instances, parameters, alerts }, known));
  createRule(name, metadata, spec, opts);
}
