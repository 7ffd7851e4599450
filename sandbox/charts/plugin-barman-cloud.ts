/**
 * The Barman Cloud plugin's Helm chart where no chart repository can be reached: the plugin's own manifest, which comes
 * with its Go module, under the name, the version and the values of the real chart, as far as our component sets them.
 *
 * Known differences from the real chart: the objects keep the manifest's names, the sidecar's image comes by the
 * manifest's Secret and not by a ConfigMap, and the certificates cannot be left out.
 *
 * @see https://github.com/cloudnative-pg/charts/tree/main/charts/plugin-barman-cloud
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { writeChart } from "./archive.ts";
import {
  type Deployment,
  expression,
  inReleaseNamespace,
  keptDefinition,
  type KubernetesObject,
  manifestObjects,
  onlyContainer,
  template,
} from "./template.ts";

export const BARMAN_CHART = { name: "plugin-barman-cloud", version: "0.7.1" };
const PLUGIN_VERSION = "v0.14.0";

/** The real chart's defaults of the values that are honoured here. */
export const BARMAN_CHART_VALUES = {
  replicaCount: 1,
  image: {
    registry: "ghcr.io",
    repository: "cloudnative-pg/plugin-barman-cloud",
    pullPolicy: "IfNotPresent",
    tag: "",
  },
  sidecarImage: {
    registry: "ghcr.io",
    repository: "cloudnative-pg/plugin-barman-cloud-sidecar",
    tag: "",
  },
  crds: { create: true },
  resources: {},
  priorityClassName: "",
};

/** Writes the chart, folder and archive, and tells where the archive is. */
export async function barmanPluginChart(moduleDir: string, outDir: string): Promise<string> {
  const manifest = await readFile(join(moduleDir, "manifest.yaml"), "utf8");
  return writeChart(outDir, BARMAN_CHART, barmanChartFiles(manifest));
}

/** The chart's files by path, in a fixed order. */
export function barmanChartFiles(manifest: string): Record<string, string> {
  const objects = manifestObjects(manifest);
  const definitions = objects.filter(({ kind }) => kind === "CustomResourceDefinition");
  const others = objects.filter(({ kind }) => kind !== "CustomResourceDefinition");
  return {
    "Chart.yaml": stringify({
      apiVersion: "v2",
      ...BARMAN_CHART,
      description: "The Barman Cloud plugin from its manifest, for the sandbox",
      type: "application",
      appVersion: PLUGIN_VERSION,
    }),
    "values.yaml": stringify(BARMAN_CHART_VALUES),
    "templates/crds.yaml": `{{- if .Values.crds.create }}
${template(definitions.map(keptDefinition))}{{- end }}
`,
    "templates/plugin.yaml": template(
      others.map((object) =>
        inReleaseNamespace(sidecarSecret(object) ?? pluginDeployment(object) ?? object, NAMESPACE),
      ),
    ),
  };
}

const NAMESPACE = "cnpg-system";

const image = (values: string) =>
  `printf "%s/%s:%s" ${values}.registry ${values}.repository (${values}.tag | default .Chart.AppVersion)`;

/** The Secret that tells the plugin which image to put into database pods. */
function sidecarSecret(object: KubernetesObject): object | undefined {
  if (object.kind !== "Secret") return undefined;
  return {
    ...object,
    data: { SIDECAR_IMAGE: expression(`${image(".Values.sidecarImage")} | b64enc | quote`) },
  };
}

function pluginDeployment(object: KubernetesObject): object | undefined {
  if (object.kind !== "Deployment") return undefined;
  const deployment = object as Deployment;
  const { spec, ...rest } = deployment;
  const { metadata, spec: pod } = spec.template;
  // The plugin reads the sidecar's image when it starts.
  const annotations = { "checksum/sidecar": expression("toJson .Values.sidecarImage | sha256sum") };
  const container = {
    ...onlyContainer(deployment),
    image: expression(image(".Values.image")),
    imagePullPolicy: expression(".Values.image.pullPolicy"),
    resources: expression("toJson .Values.resources"),
  };
  return {
    ...rest,
    spec: {
      ...spec,
      replicas: expression(".Values.replicaCount"),
      template: {
        metadata: { ...metadata, annotations },
        spec: {
          ...pod,
          containers: [container],
          priorityClassName: expression(".Values.priorityClassName | quote"),
        },
      },
    },
  };
}
