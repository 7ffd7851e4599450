import { parse, parseAllDocuments } from "yaml";
import { PROMETHEUS_STACK_IMAGES } from "../../../components/operators/versions";
import {
  PROMETHEUS_CHART_VALUES,
  prometheusChartFiles,
} from "../../../sandbox/charts/kube-prometheus-stack";

/** The kinds of the operator's examples that the chart changes or leaves out, and little else. */
const MANIFESTS = [
  `apiVersion: apps/v1
kind: Deployment
metadata:
  name: prometheus-operator
  namespace: default
spec:
  replicas: 1
  template:
    metadata: {}
    spec:
      containers:
      - args:
        - --kubelet-service=kube-system/kubelet
        - --prometheus-config-reloader=quay.io/prometheus-operator/prometheus-config-reloader:v0.93.1
        image: quay.io/prometheus-operator/prometheus-operator:v0.93.1
        name: prometheus-operator
`,
  `apiVersion: v1
kind: ServiceAccount
metadata:
  name: prometheus
`,
  `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: prometheus-operator
`,
  `apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata:
  name: prometheus
`,
];

const files = prometheusChartFiles(MANIFESTS);

/** A template's objects, its expressions as quoted text. */
const objects = (path: string) =>
  parseAllDocuments((files[path] ?? "").replaceAll(/([:-]) (\{\{.*\}\})$/gm, "$1 '$2'")).map(
    (document) => document.toJS() as Record<string, unknown>,
  );

describe("the sandbox's chart of the Prometheus stack", () => {
  test("is of the operator and the Prometheus that the component installs", () => {
    expect(parse(files["Chart.yaml"] ?? "")).toMatchObject({
      name: "kube-prometheus-stack",
      appVersion: PROMETHEUS_STACK_IMAGES.operator.tag,
    });
    const { prometheus, prometheusOperator } = PROMETHEUS_CHART_VALUES;
    const { registry, repository, tag } = prometheus.prometheusSpec.image;
    expect({ repository: `${registry}/${repository}`, tag }).toEqual(
      PROMETHEUS_STACK_IMAGES.prometheus,
    );
    const { image, prometheusConfigReloader } = prometheusOperator;
    expect(
      [image, prometheusConfigReloader.image].map((part) => `${part.registry}/${part.repository}`),
    ).toEqual([
      PROMETHEUS_STACK_IMAGES.operator.repository,
      PROMETHEUS_STACK_IMAGES.configReloader.repository,
    ]);
  });

  test("runs the operator according to the values", () => {
    const values = ".Values.prometheusOperator";
    const reference = (image: string) =>
      `{{ printf "%s/%s:%s" ${image}.registry ${image}.repository (${image}.tag | default .Chart.AppVersion) }}`;
    const reloader = `${values}.prometheusConfigReloader`;
    const size = (kind: string, resource: string) =>
      `--config-reloader-${resource}-${kind}={{ dig "resources" "${kind}s" "${resource}" "0" ${reloader} }}`;
    expect(objects("templates/operator.yaml")).toEqual([
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "prometheus-operator", namespace: "{{ .Release.Namespace }}" },
        spec: {
          replicas: 1,
          template: {
            metadata: {},
            spec: {
              containers: [
                {
                  args: [
                    "--kubelet-service=kube-system/kubelet",
                    `--prometheus-config-reloader=${reference(`${reloader}.image`)}`,
                    size("request", "cpu"),
                    size("request", "memory"),
                    size("limit", "cpu"),
                    size("limit", "memory"),
                  ],
                  image: reference(`${values}.image`),
                  imagePullPolicy: `{{ ${values}.image.pullPolicy }}`,
                  name: "prometheus-operator",
                  resources: `{{ toJson ${values}.resources }}`,
                },
              ],
              priorityClassName: `{{ ${values}.priorityClassName | quote }}`,
            },
          },
        },
      },
      { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "prometheus" } },
    ]);
  });

  test("runs one Prometheus according to the values", () => {
    const values = ".Values.prometheus.prometheusSpec";
    const selector = (kind: string) =>
      `{{ toJson (ternary (dict "matchLabels" (dict "release" .Release.Name)) (dict) ${values}.${kind}SelectorNilUsesHelmValues) }}`;
    expect(objects("templates/prometheus.yaml")).toEqual([
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "Prometheus",
        metadata: {
          name: '{{ printf "%s-prometheus" .Release.Name }}',
          namespace: "{{ .Release.Namespace }}",
        },
        spec: {
          image: `{{ printf "%s/%s:%s" ${values}.image.registry ${values}.image.repository (${values}.image.tag) }}`,
          imagePullPolicy: `{{ ${values}.image.pullPolicy }}`,
          version: `{{ trimSuffix "-distroless" ${values}.image.tag }}`,
          serviceAccountName: "prometheus",
          replicas: `{{ ${values}.replicas }}`,
          retention: `{{ ${values}.retention | quote }}`,
          retentionSize: `{{ ${values}.retentionSize | default "0" | quote }}`,
          storage: `{{ toJson ${values}.storageSpec }}`,
          resources: `{{ toJson ${values}.resources }}`,
          topologySpreadConstraints: `{{ toJson ${values}.topologySpreadConstraints }}`,
          priorityClassName: `{{ ${values}.priorityClassName | quote }}`,
          portName: "http-web",
          securityContext: {
            runAsUser: 1000,
            runAsGroup: 2000,
            fsGroup: 2000,
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
          },
          ruleSelector: selector("rule"),
          ruleNamespaceSelector: {},
          serviceMonitorSelector: selector("serviceMonitor"),
          serviceMonitorNamespaceSelector: {},
          podMonitorSelector: selector("podMonitor"),
          podMonitorNamespaceSelector: {},
          probeSelector: selector("probe"),
          probeNamespaceSelector: {},
          scrapeConfigSelector: selector("scrapeConfig"),
          scrapeConfigNamespaceSelector: {},
        },
      },
    ]);
  });

  test("protects it from drains on request", () => {
    expect(files["templates/budget.yaml"]).toMatch(
      /^\{\{- if \.Values\.prometheus\.podDisruptionBudget\.enabled \}\}\n/,
    );
  });
});
