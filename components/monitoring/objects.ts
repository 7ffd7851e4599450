import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { PrometheusRuleSpec } from "../crds/prometheus-operator";
import { podMonitorSpec } from "./pod-monitor";

interface Metadata {
  name: string;
  namespace: pulumi.Input<string>;
  labels: Record<string, string>;
}

/** Declares the pods that Prometheus reads. */
export function createMonitor(
  name: string,
  metadata: Metadata,
  pods: Record<string, string>,
  interval: string,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(
    `${name}-pod-monitor`,
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata,
      spec: podMonitorSpec(pods, interval),
    },
    opts,
  );
}

/** Declares the alerts. Their expressions name the namespace, so that equal names elsewhere do not count. */
export function createRule(
  name: string,
  metadata: Metadata,
  spec: (namespace: string) => pulumi.Input<PrometheusRuleSpec>,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(
    `${name}-alerts`,
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata,
      spec: pulumi.output(metadata.namespace).apply(spec),
    },
    opts,
  );
}
