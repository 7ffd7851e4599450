/**
 * The Prometheus stack's Helm chart where no chart repository can be reached: the operator's own example manifests,
 * which come with its Go module, and one Prometheus, under the name, the version and the values of the real chart, as
 * far as our component sets them.
 *
 * Known differences from the real chart: there is no Alertmanager, no Grafana, no exporter for nodes or Kubernetes'
 * objects, no rule or monitor of the chart's own and no webhook, so that an invalid rule is an Event instead of a
 * refusal; the definitions are the caller's to install (`skipCrds`, as our component does); the objects keep the
 * manifests' names, and the Prometheus has the release's.
 *
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { writeChart } from "./archive.ts";
import {
  type Deployment,
  expression,
  inReleaseNamespace,
  type KubernetesObject,
  manifestObjects,
  onlyContainer,
  template,
} from "./template.ts";

export const PROMETHEUS_CHART = { name: "kube-prometheus-stack", version: "88.5.3" };
const OPERATOR_VERSION = "v0.93.1";

const selectors = ["rule", "serviceMonitor", "podMonitor", "probe", "scrapeConfig"] as const;

/** The real chart's defaults of the values that are honoured here. */
export const PROMETHEUS_CHART_VALUES = {
  prometheusOperator: {
    image: {
      registry: "quay.io",
      repository: "prometheus-operator/prometheus-operator",
      tag: "",
      pullPolicy: "IfNotPresent",
    },
    prometheusConfigReloader: {
      image: {
        registry: "quay.io",
        repository: "prometheus-operator/prometheus-config-reloader",
        tag: "",
      },
      resources: {},
    },
    resources: {},
    priorityClassName: "",
  },
  prometheus: {
    podDisruptionBudget: { enabled: false, minAvailable: 1 },
    prometheusSpec: {
      image: {
        registry: "quay.io",
        repository: "prometheus/prometheus",
        tag: "v3.14.0-distroless",
        pullPolicy: "IfNotPresent",
      },
      replicas: 1,
      retention: "10d",
      retentionSize: "",
      storageSpec: {},
      resources: {},
      topologySpreadConstraints: [],
      priorityClassName: "",
      ...Object.fromEntries(selectors.map((kind) => [`${kind}SelectorNilUsesHelmValues`, true])),
    },
  },
};

/** Writes the chart, folder and archive, and tells where the archive is. */
export async function prometheusStackChart(moduleDir: string, outDir: string): Promise<string> {
  const manifests: string[] = [];
  for (const folder of ["prometheus-operator", "prometheus"]) {
    const path = join(moduleDir, "example", "rbac", folder);
    for (const file of (await readdir(path)).sort()) {
      manifests.push(await readFile(join(path, file), "utf8"));
    }
  }
  return writeChart(outDir, PROMETHEUS_CHART, prometheusChartFiles(manifests));
}

/** The chart's files by path, in a fixed order. */
export function prometheusChartFiles(manifests: readonly string[]): Record<string, string> {
  const objects = manifests
    .flatMap(manifestObjects)
    // Monitors and instances of the examples: the chart has its own.
    .filter(({ kind }) => kind !== "Prometheus" && kind !== "ServiceMonitor");
  return {
    "Chart.yaml": stringify({
      apiVersion: "v2",
      ...PROMETHEUS_CHART,
      description: "The Prometheus operator from its examples, for the sandbox",
      type: "application",
      appVersion: OPERATOR_VERSION,
    }),
    "values.yaml": stringify(PROMETHEUS_CHART_VALUES),
    "templates/operator.yaml": template(
      objects.map((object) => inReleaseNamespace(operatorDeployment(object) ?? object, "default")),
    ),
    "templates/prometheus.yaml": template([prometheus()]),
    "templates/budget.yaml": `{{- if .Values.prometheus.podDisruptionBudget.enabled }}
${template([disruptionBudget()])}{{- end }}
`,
  };
}

const image = (values: string, tag = `${values}.tag`) =>
  `printf "%s/%s:%s" ${values}.registry ${values}.repository (${tag})`;

function operatorDeployment(object: KubernetesObject): object | undefined {
  if (object.kind !== "Deployment") return undefined;
  const deployment = object as Deployment;
  const { spec, ...rest } = deployment;
  const { metadata, spec: pod } = spec.template;
  const container = onlyContainer(deployment);
  const values = ".Values.prometheusOperator";
  return {
    ...rest,
    spec: {
      ...spec,
      template: {
        metadata,
        spec: {
          ...pod,
          containers: [
            {
              ...container,
              args: container.args.flatMap(reloaderArguments),
              image: expression(image(`${values}.image`, operatorTag(`${values}.image`))),
              imagePullPolicy: expression(`${values}.image.pullPolicy`),
              resources: expression(`toJson ${values}.resources`),
            },
          ],
          priorityClassName: expression(`${values}.priorityClassName | quote`),
        },
      },
    },
  };
}

const operatorTag = (values: string) => `${values}.tag | default .Chart.AppVersion`;

/** The image of the sidecar that the operator puts beside each Prometheus, and what it may use. */
function reloaderArguments(argument: string): string[] {
  const option = "--prometheus-config-reloader";
  if (!argument.startsWith(`${option}=`)) return [argument];
  const values = ".Values.prometheusOperator.prometheusConfigReloader";
  const sizes = ["request", "limit"].flatMap((kind) =>
    ["cpu", "memory"].map((resource) => {
      const given = `dig "resources" "${kind}s" "${resource}" "0" ${values}`;
      return `--config-reloader-${resource}-${kind}=${expression(given)}`;
    }),
  );
  const reloader = image(`${values}.image`, operatorTag(`${values}.image`));
  return [`${option}=${expression(reloader)}`, ...sizes];
}

const PROMETHEUS_NAME = expression('printf "%s-prometheus" .Release.Name');

function prometheus(): object {
  const values = ".Values.prometheus.prometheusSpec";
  const selected = selectors.flatMap((kind) => {
    const own = '(dict "matchLabels" (dict "release" .Release.Name))';
    const choice = `toJson (ternary ${own} (dict) ${values}.${kind}SelectorNilUsesHelmValues)`;
    return [
      [`${kind}Selector`, expression(choice)],
      [`${kind}NamespaceSelector`, {}],
    ];
  });
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "Prometheus",
    metadata: { name: PROMETHEUS_NAME, namespace: expression(".Release.Namespace") },
    spec: {
      image: expression(image(`${values}.image`)),
      imagePullPolicy: expression(`${values}.image.pullPolicy`),
      // By which the operator knows the options that this Prometheus takes.
      version: expression(`trimSuffix "-distroless" ${values}.image.tag`),
      serviceAccountName: "prometheus",
      replicas: expression(`${values}.replicas`),
      retention: expression(`${values}.retention | quote`),
      retentionSize: expression(`${values}.retentionSize | default "0" | quote`),
      storage: expression(`toJson ${values}.storageSpec`),
      resources: expression(`toJson ${values}.resources`),
      topologySpreadConstraints: expression(`toJson ${values}.topologySpreadConstraints`),
      priorityClassName: expression(`${values}.priorityClassName | quote`),
      portName: "http-web",
      securityContext: {
        runAsUser: 1000,
        runAsGroup: 2000,
        fsGroup: 2000,
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      },
      ...(Object.fromEntries(selected) as object),
    },
  };
}

function disruptionBudget(): object {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: PROMETHEUS_NAME, namespace: expression(".Release.Namespace") },
    spec: {
      minAvailable: expression(".Values.prometheus.podDisruptionBudget.minAvailable"),
      selector: { matchLabels: { "operator.prometheus.io/name": PROMETHEUS_NAME } },
    },
  };
}
