import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { createDefinitions, readDefinitions } from "../../kubernetes/definitions";
import { createGrafanaLogin } from "./grafana-login";
import { installed } from "../release/installed";
import { createOperatorNamespace, createRelease } from "../release/release";
import type { GrafanaAdminSecretArgs, PrometheusStackArgs } from "./args";
import { prometheusStackValues } from "./spec";
import { PROMETHEUS_STACK_NAMESPACE, prometheusStack } from "./values";
import { PROMETHEUS_STACK_CHART, PROMETHEUS_STACK_IMAGES } from "../versions";

/**
 * Prometheus with its operator, Alertmanager, Grafana and the exporters for nodes and Kubernetes' objects: two replicas of
 * Prometheus and three of Alertmanager on different nodes, all on volumes. It uses every ServiceMonitor, PodMonitor,
 * Probe, ScrapeConfig and PrometheusRule of the cluster.
 *
 * Make monitors and rules depend on it, so that they are created after and destroyed before the operator:
 *
 * @example
 * ```typescript
 * const monitoring = new PrometheusStack("monitoring", {
 *   prometheus: { retention: "30d", storage: { size: "100Gi" } },
 * });
 * const monitor = new k8s.apiextensions.CustomResource("orders", podMonitor, { dependsOn: monitoring });
 * ```
 *
 * Its definitions are separate resources, so that an upgrade of this package upgrades them, and stay when it is deleted, as
 * the volumes do.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://github.com/prometheus-community/helm-charts/tree/kube-prometheus-stack-88.5.3/charts/kube-prometheus-stack
 */
export class PrometheusStack extends pulumi.ComponentResource {
  /** Namespace of the whole stack. */
  public readonly namespace: pulumi.Output<string>;
  /** Name of the Helm release: the component's. */
  public readonly name: pulumi.Output<string>;
  /** Version of the operator: its image's tag, or the chart's version when that was given. */
  public readonly version: pulumi.Output<string>;
  /** Whether the operator runs: known once it, its webhooks and the exporters run. */
  public readonly ready: pulumi.Output<boolean>;
  /** Name of the Secret with Grafana's first login; empty without Grafana. */
  public readonly grafanaSecretName: pulumi.Output<string>;
  /** Address of Prometheus inside the cluster. */
  public readonly prometheusUrl: pulumi.Output<string>;
  /** Address of Alertmanager inside the cluster. */
  public readonly alertmanagerUrl: pulumi.Output<string>;

  constructor(
    name: string,
    args: PrometheusStackArgs = {},
    opts?: pulumi.ComponentResourceOptions,
  ) {
    args = prometheusStack.accept(name, args);
    super("ha-postgres:index:PrometheusStack", name, {}, opts);

    const { install = true, namespace = PROMETHEUS_STACK_NAMESPACE, chart } = args;
    const { release, login } = install ? installStack(this, name, namespace, args) : {};
    const releases = release ? [release] : [];
    const version = chart?.version ?? PROMETHEUS_STACK_IMAGES.operator.tag;
    const told = installed(releases, { namespace, name, version });
    this.namespace = told.namespace;
    this.name = told.name;
    this.version = told.version;
    this.ready = told.ready;
    this.grafanaSecretName = pulumi.output(login?.name ?? "");
    // The operator's Services, which have these names in every release.
    this.prometheusUrl = pulumi.interpolate`http://prometheus-operated.${told.namespace}.svc:9090`;
    this.alertmanagerUrl = pulumi.interpolate`http://alertmanager-operated.${told.namespace}.svc:9093`;
    this.registerOutputs({
      ...told,
      grafanaSecretName: this.grafanaSecretName,
      prometheusUrl: this.prometheusUrl,
      alertmanagerUrl: this.alertmanagerUrl,
    });
  }
}

function installStack(
  parent: PrometheusStack,
  name: string,
  namespace: pulumi.Input<string>,
  args: PrometheusStackArgs,
): { release: k8s.helm.v3.Release; login?: GrafanaAdminSecretArgs } {
  const { createNamespace = true, nodeExporter = true, chart, mirror, grafana } = args;
  // The node exporter shares the node's network and process table.
  const podSecurity = nodeExporter ? "privileged" : "baseline";
  const home = createNamespace
    ? createOperatorNamespace(parent, name, "kube-prometheus-stack", namespace, podSecurity)
        .metadata.name
    : namespace;
  const login =
    grafana?.enabled === false
      ? undefined
      : (grafana?.adminSecret ?? createGrafanaLogin(parent, name, home));
  const release = createRelease(parent, name, {
    namespace: home,
    pinned: PROMETHEUS_STACK_CHART,
    chart,
    mirror,
    values: prometheusStackValues(args, login),
    extraValues: args.values,
    timeout: 600,
    skipCrds: true,
    dependsOn: createDefinitions(parent, name, readDefinitions("prometheus-operator")),
  });
  return { release, login };
}
