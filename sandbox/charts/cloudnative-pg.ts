/**
 * The operator's Helm chart where no chart repository can be reached: the operator's own release manifest, which comes
 * with its Go module, under the name, the version and the values of the real chart, as far as our component sets them.
 *
 * Known differences from the real chart: the objects keep the manifest's names (the Deployment is
 * `cnpg-controller-manager`), and `config.clusterWide: false` narrows what is watched but not the RBAC rules.
 *
 * Upstream: https://github.com/cloudnative-pg/charts/tree/main/charts/cloudnative-pg
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { create } from "tar";
import { parseAllDocuments, stringify } from "yaml";

const NAME = "cloudnative-pg";
const CHART_VERSION = "0.29.0";
const OPERATOR_VERSION = "1.30.0";
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
  topologySpreadConstraints: [],
};

/**
 * Writes the chart to `outDir` as a folder and as an archive, the same bytes for the same manifest.
 *
 * @returns the archive's path, which a Release takes as its chart.
 */
export async function cloudNativePgChart(moduleDir: string, outDir: string): Promise<string> {
  const manifest = join(moduleDir, "releases", `cnpg-${OPERATOR_VERSION}.yaml`);
  const files = chartFiles(await readFile(manifest, "utf8"));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(outDir, NAME, path, ".."), { recursive: true });
    await writeFile(join(outDir, NAME, path), content);
  }
  const file = join(outDir, `${NAME}-${CHART_VERSION}.tgz`);
  const paths = Object.keys(files).map((path) => `${NAME}/${path}`);
  await create({ cwd: outDir, file, gzip: true, portable: true, mtime: new Date(0) }, paths);
  return file;
}

/** The chart's files by path, in a fixed order. */
export function chartFiles(manifest: string): Record<string, string> {
  const objects = parseAllDocuments(manifest).map(
    (document) => document.toJS() as KubernetesObject,
  );
  const crds = objects.filter(({ kind }) => kind === "CustomResourceDefinition").map(keptCrd);
  const others = objects.filter(
    ({ kind }) => kind !== "CustomResourceDefinition" && kind !== "Namespace",
  );
  return {
    "Chart.yaml": stringify({
      apiVersion: "v2",
      name: NAME,
      description: "CloudNativePG from its release manifest, for the sandbox",
      type: "application",
      version: CHART_VERSION,
      appVersion: OPERATOR_VERSION,
    }),
    "values.yaml": stringify(CHART_VALUES),
    "templates/crds.yaml": template(crds),
    "templates/config.yaml": CONFIG_TEMPLATE,
    "templates/operator.yaml": template(
      others.map((object) => releaseNamespace(operatorDeployment(object) ?? object)),
    ),
  };
}

interface KubernetesObject {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  [field: string]: unknown;
}

// An expression stands as a marked string in the object and becomes Helm's after the YAML is written, so that whatever
// else looks like a template in the manifest (query texts, descriptions) can be told apart and escaped.
const expression = (text: string) => `<<helm ${Buffer.from(text).toString("hex")}>>`;

function template(objects: unknown[]): string {
  return objects
    .map((object) => stringify(object, { lineWidth: 0 }))
    .join("---\n")
    .replaceAll("{{", '{{ "{{" }}')
    .replaceAll(
      /<<helm ([0-9a-f]+)>>/g,
      (_, hex: string) => `{{ ${Buffer.from(hex, "hex").toString()} }}`,
    );
}

/** Uninstalling the operator must not delete every database: the real chart keeps its definitions, too. */
function keptCrd(crd: KubernetesObject): KubernetesObject {
  const annotations = { ...crd.metadata.annotations, "helm.sh/resource-policy": "keep" };
  return { ...crd, metadata: { ...crd.metadata, annotations } };
}

function releaseNamespace(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(releaseNamespace);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === "namespace" && part === "cnpg-system"
        ? expression(".Release.Namespace")
        : releaseNamespace(part),
    ]),
  );
}

interface Deployment extends KubernetesObject {
  spec: {
    replicas: number | string;
    template: { metadata: object; spec: { containers: Container[] } };
  };
}

interface Container {
  args: string[];
  env: { name: string; value?: string }[];
  image: string;
}

const IMAGE_EXPRESSION = expression(
  'printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion)',
);

function operatorDeployment(object: KubernetesObject): Deployment | undefined {
  if (object.kind !== "Deployment") return undefined;
  const { spec, ...rest } = object as Deployment;
  const { metadata, spec: pod } = spec.template;
  const [manager, ...others] = pod.containers;
  if (!manager || others.length > 0) {
    throw new Error("The manifest's Deployment does not have exactly one container.");
  }
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
