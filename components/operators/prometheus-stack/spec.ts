import { MiB, parseBytes } from "../../formats/quantity";
import { guaranteed } from "../../kubernetes/pod-resources";
import { podSpread } from "../../kubernetes/pod-spread";
import { splitChartImage } from "../release/chart-image";
import { PROMETHEUS_STACK_IMAGES } from "../versions";
import type { GrafanaAdminSecretArgs, MonitoringStorageArgs, PrometheusStackArgs } from "./args";

/**
 * Values of the chart `kube-prometheus-stack`, only those that differ from its defaults or that this package promises.
 * Grafana is off without a login.
 *
 * @see https://github.com/prometheus-community/helm-charts/blob/kube-prometheus-stack-88.5.3/charts/kube-prometheus-stack/values.yaml
 */
export function prometheusStackValues(args: PrometheusStackArgs, login?: GrafanaAdminSecretArgs) {
  const { nodeExporter = true, kubeStateMetrics = true } = args;
  return {
    // Helm installs them once and never upgrades them, so the component declares them itself.
    crds: { enabled: false },
    prometheusOperator: operatorValues(args),
    prometheus: prometheusValues(args),
    alertmanager: alertmanagerValues(args),
    grafana: grafanaValues(args, login),
    nodeExporter: { enabled: nodeExporter },
    ...(nodeExporter && { "prometheus-node-exporter": nodeExporterValues(args) }),
    kubeStateMetrics: { enabled: kubeStateMetrics },
    ...(kubeStateMetrics && { "kube-state-metrics": kubeStateMetricsValues(args) }),
  };
}

function operatorValues(args: PrometheusStackArgs) {
  const { resources = { cpu: "200m", memory: "256Mi" }, priorityClassName } = args;
  const prometheus = splitChartImage(PROMETHEUS_STACK_IMAGES.prometheus, args);
  const alertmanager = splitChartImage(PROMETHEUS_STACK_IMAGES.alertmanager, args);
  return {
    image: splitChartImage(PROMETHEUS_STACK_IMAGES.operator, args),
    // For objects without an image: those that other applications create in this cluster.
    prometheusDefaultBaseImageRegistry: prometheus.registry,
    prometheusDefaultBaseImage: prometheus.repository,
    alertmanagerDefaultBaseImageRegistry: alertmanager.registry,
    alertmanagerDefaultBaseImage: alertmanager.repository,
    thanosImage: splitChartImage(PROMETHEUS_STACK_IMAGES.thanos, args),
    prometheusConfigReloader: {
      image: splitChartImage(PROMETHEUS_STACK_IMAGES.configReloader, args),
      resources: guaranteed({ cpu: "50m", memory: "64Mi" }),
    },
    admissionWebhooks: {
      patch: { image: splitChartImage(PROMETHEUS_STACK_IMAGES.webhookCertificates, args) },
    },
    resources: guaranteed(resources),
    priorityClassName,
  };
}

function prometheusValues(args: PrometheusStackArgs) {
  const { replicas = 2, retention = "15d", storage = {}, resources } = args.prometheus ?? {};
  const { priorityClassName } = args;
  const size = storage.size ?? "50Gi";
  return {
    podDisruptionBudget: disruptionBudget(replicas),
    prometheusSpec: {
      image: splitChartImage(PROMETHEUS_STACK_IMAGES.prometheus, args),
      replicas,
      retention,
      retentionSize: retentionSize(size),
      storageSpec: volumeClaim({ ...storage, size }),
      resources: guaranteed(resources ?? { cpu: "1", memory: "4Gi" }),
      topologySpreadConstraints: statefulSetSpread("prometheus"),
      // Those of all applications, not only those with the labels of this release.
      ruleSelectorNilUsesHelmValues: false,
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
      priorityClassName,
    },
  };
}

function alertmanagerValues(args: PrometheusStackArgs) {
  const { replicas = 3, storage = {}, resources } = args.alertmanager ?? {};
  const { priorityClassName } = args;
  return {
    podDisruptionBudget: disruptionBudget(replicas),
    alertmanagerSpec: {
      image: splitChartImage(PROMETHEUS_STACK_IMAGES.alertmanager, args),
      replicas,
      storage: volumeClaim({ ...storage, size: storage.size ?? "5Gi" }),
      resources: guaranteed(resources ?? { cpu: "100m", memory: "128Mi" }),
      topologySpreadConstraints: statefulSetSpread("alertmanager"),
      priorityClassName,
    },
  };
}

function grafanaValues(args: PrometheusStackArgs, login: GrafanaAdminSecretArgs | undefined) {
  const { resources } = args.grafana ?? {};
  if (!login) return { enabled: false };
  return {
    enabled: true,
    image: splitChartImage(PROMETHEUS_STACK_IMAGES.grafana, args),
    admin: {
      existingSecret: login.name,
      userKey: login.userKey ?? "admin-user",
      passwordKey: login.passwordKey ?? "admin-password",
    },
    resources: guaranteed(resources ?? { cpu: "250m", memory: "512Mi" }),
    sidecar: {
      image: splitChartImage(PROMETHEUS_STACK_IMAGES.grafanaSidecar, args),
      resources: guaranteed({ cpu: "50m", memory: "128Mi" }),
    },
    // Each would pull one more image: for a volume that does not exist, and for `helm test`.
    initChownData: { enabled: false },
    testFramework: { enabled: false },
  };
}

function nodeExporterValues(args: PrometheusStackArgs) {
  const image = splitChartImage(PROMETHEUS_STACK_IMAGES.nodeExporter, args);
  return {
    image: { ...image, distroless: true },
    resources: guaranteed({ cpu: "100m", memory: "64Mi" }),
  };
}

function kubeStateMetricsValues(args: PrometheusStackArgs) {
  return {
    image: splitChartImage(PROMETHEUS_STACK_IMAGES.kubeStateMetrics, args),
    resources: guaranteed({ cpu: "100m", memory: "256Mi" }),
  };
}

/** A budget over a single pod would block every drain. */
function disruptionBudget(replicas: number) {
  return replicas > 1 ? { enabled: true, minAvailable: replicas - 1 } : { enabled: false };
}

/** Four fifths of the volume: compaction needs the space of its blocks twice for a while. */
function retentionSize(size: string): string {
  return `${Math.floor(((parseBytes(size) ?? 0) * 0.8) / MiB)}MiB`;
}

function volumeClaim({ size, storageClass }: MonitoringStorageArgs) {
  return {
    volumeClaimTemplate: {
      spec: {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: size } },
        storageClassName: storageClass,
      },
    },
  };
}

/** The chart only prefers different nodes. The operator sets this label on the pods. */
function statefulSetSpread(name: string) {
  return podSpread({ "app.kubernetes.io/name": name }, ["controller-revision-hash"]);
}
