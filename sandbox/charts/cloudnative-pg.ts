/**
 * The operator's Helm chart where no chart repository can be reached: the operator's own release manifest, which comes
 * with its Go module, under the name, the version and the values of the real chart, as far as our component sets them.
 *
 * Known differences from the real chart: the objects keep the manifest's names (the Deployment is
 * `cnpg-controller-manager`), and `config.clusterWide: false` narrows what is watched but not the RBAC rules.
 *
 * @see https://github.com/cloudnative-pg/charts/tree/main/charts/cloudnative-pg
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { writeChart } from "./archive.ts";
import {
  type Container,
  type Deployment,
  expression,
  inReleaseNamespace,
  keptDefinition,
  type KubernetesObject,
  manifestObjects,
  onlyContainer,
  template,
} from "./template.ts";

export const OPERATOR_CHART = { name: "cloudnative-pg", version: "0.29.1" };
const OPERATOR_VERSION = "1.30.1";
const IMAGE = "ghcr.io/cloudnative-pg/cloudnative-pg";

/** The real chart's defaults of the values that are honoured here. */
export const CHART_VALUES = {
  replicaCount: 1,
  image: { repository: IMAGE, pullPolicy: "IfNotPresent", tag: "" },
  config: {
    create: true,
    name: "cnpg-controller-manager-config",
    clusterWide: true,
    data: {},
    maxConcurrentReconciles: 10,
  },
  priorityClassName: "",
  resources: {},
  tolerations: [],
  topologySpreadConstraints: [],
};

/** Writes the chart, folder and archive, and tells where the archive is. */
export async function cloudNativePgChart(moduleDir: string, outDir: string): Promise<string> {
  const manifest = join(moduleDir, "releases", `cnpg-${OPERATOR_VERSION}.yaml`);
  const files = chartFiles(await readFile(manifest, "utf8"));
  return writeChart(outDir, OPERATOR_CHART, files);
}

/** The chart's files by path, in a fixed order. */
export function chartFiles(manifest: string): Record<string, string> {
  const objects = manifestObjects(manifest);
  const crds = objects.filter(({ kind }) => kind === "CustomResourceDefinition");
  const others = objects.filter(
    ({ kind }) => kind !== "CustomResourceDefinition" && kind !== "Namespace",
  );
  return {
    "Chart.yaml": stringify({
      apiVersion: "v2",
      ...OPERATOR_CHART,
      description: "CloudNativePG from its release manifest, for the sandbox",
      type: "application",
      appVersion: OPERATOR_VERSION,
    }),
    "values.yaml": stringify(CHART_VALUES),
    "templates/crds.yaml": template(crds.map(keptDefinition)),
    "templates/config.yaml": CONFIG_TEMPLATE,
    "templates/operator.yaml": template(
      others.map((object) =>
        inReleaseNamespace(operatorDeployment(object) ?? object, "cnpg-system"),
      ),
    ),
  };
}

const IMAGE_EXPRESSION = expression(
  'printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion)',
);

function operatorDeployment(object: KubernetesObject): Deployment | undefined {
  if (object.kind !== "Deployment") return undefined;
  const { spec, ...rest } = object as Deployment;
  const { metadata, spec: pod } = spec.template;
  const manager = onlyContainer(object as Deployment);
  // JSON is YAML on one line, which needs no indentation of Helm's.
  const annotations = { "checksum/config": expression("toJson .Values.config | sha256sum") };
  return {
    ...rest,
    spec: {
      ...spec,
      replicas: expression(".Values.replicaCount"),
      template: {
        metadata: { ...metadata, annotations },
        spec: {
          ...pod,
          containers: [operatorContainer(manager)],
          priorityClassName: expression(".Values.priorityClassName | quote"),
          tolerations: expression("toJson .Values.tolerations"),
          topologySpreadConstraints: expression("toJson .Values.topologySpreadConstraints"),
        },
      },
    },
  } as Deployment;
}

function operatorContainer(manager: Container): object {
  return {
    ...manager,
    args: manager.args.flatMap((argument) => {
      const [option = ""] = argument.split("=");
      if (option === "--secret-name") return [];
      const value = ARGUMENTS[option];
      return [value === undefined ? argument : `${option}=${value}`];
    }),
    // The operator puts this image into every database pod, as the init container that brings its instance manager.
    env: manager.env.map((variable) =>
      variable.name === "OPERATOR_IMAGE_NAME" ? { ...variable, value: IMAGE_EXPRESSION } : variable,
    ),
    image: IMAGE_EXPRESSION,
    imagePullPolicy: expression(".Values.image.pullPolicy"),
    resources: expression("toJson .Values.resources"),
  };
}

const ARGUMENTS: Record<string, string> = {
  "--config-map-name": expression(".Values.config.name"),
  "--max-concurrent-reconciles": expression(".Values.config.maxConcurrentReconciles"),
};

const CONFIG_TEMPLATE = `{{- if .Values.config.create }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.config.name }}
  namespace: {{ .Release.Namespace }}
  labels:
    app.kubernetes.io/name: cloudnative-pg
{{- if .Values.config.clusterWide }}
data: {{ toJson .Values.config.data }}
{{- else }}
data: {{ toJson (merge dict .Values.config.data (dict "WATCH_NAMESPACE" .Release.Namespace)) }}
{{- end }}
{{- end }}
`;
