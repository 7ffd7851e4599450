import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { guaranteed } from "../../../kubernetes/pod-resources";
import { recommendedLabels } from "../../../kubernetes/labels";
import { serviceVariable } from "../../../kubernetes/service-variable";
import { verbatim } from "../../../kubernetes/verbatim";
import { runOnce } from "../../sql-job/pod";
import { environment, fileSources } from "../contents";
import { preloadedLibraries } from "../extensions/libraries";
import { extensionMounts, extensionVariables } from "../extensions/volumes";
import { sqlCheckName } from "../names";
import type { ClusterValues } from "../values";
import { isImageKnown, type CommonValues } from "../values-common";
import { sqlFiles, type SqlFile } from "./files";
import { CHECK_SCRIPT } from "./script";
import { initdbOptions, partOf, serverSettings } from "./server";

/** What there is in addition to the values of any cluster. */
interface SqlCheckParts {
  /** The values of one that begins empty, with its SQL. */
  created?: ClusterValues;
  dependsOn: pulumi.Resource[];
}

/**
 * A Job that runs the SQL of a new database before there is one, and starts PostgreSQL with the libraries of any. In
 * CloudNativePG's own Job a mistake leaves a cluster that never gets a primary, whose creation waits for 20 minutes, and
 * that must be deleted by hand; a library that the image does not have leaves an instance that does not come back. This
 * one ends the deployment within a minute, with the statement or the library, and before anything else happens. There is
 * none where it could not know.
 */
export function createSqlCheck(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues,
  { created, dependsOn }: SqlCheckParts,
): k8s.batch.v1.Job | undefined {
  const files = created ? sqlFiles(created) : [];
  const isNeeded = files.length > 0 || preloadedLibraries(values).length > 0;
  if (!isNeeded || !areImagesKnown(values)) return undefined;
  const { clusterName, namespace, labels: own } = values;
  const labels = { ...own, ...recommendedLabels("postgresql", clusterName, "sql-check") };
  return new k8s.batch.v1.Job(
    `${name}-sql-check`,
    {
      metadata: {
        name: sqlCheckName(clusterName),
        namespace,
        labels,
        // One that has failed is done again, whatever was corrected.
        annotations: { "pulumi.com/replaceUnready": "true" },
      },
      spec: runOnce({ ...values, labels }, podContent(values, created, files)),
    },
    { parent, dependsOn },
  );
}

/** With others than those of the cluster what is right would fail. */
function areImagesKnown(values: CommonValues): boolean {
  return isImageKnown(values) && values.extensionImages.every(({ image }) => image !== undefined);
}

/** What the operator's own Job has: the files and the environment of the cluster, too. */
function podContent(
  values: CommonValues,
  created: ClusterValues | undefined,
  files: readonly SqlFile[],
) {
  const env = variables(values);
  const sources = fileSources(values);
  const extensions = extensionMounts(values.extensionImages);
  const { envFrom } = partOf(values);
  return {
    // By them the script learns whether the cluster exists.
    enableServiceLinks: true,
    container: {
      name: "sql-check",
      image: values.image,
      command: [
        ...["bash", "-c", CHECK_SCRIPT, "sql-check"],
        ...scriptArguments(values, created, files),
      ],
      ...(env.length > 0 && { env }),
      ...(envFrom && { envFrom }),
      resources: guaranteed({ cpu: "500m", memory: "512Mi" }),
      volumeMounts: [
        { name: "tmp", mountPath: "/tmp" },
        ...(files.length > 0 ? [{ name: "sql", mountPath: "/sql", readOnly: true }] : []),
        ...(sources.length > 0 ? [{ name: "files", mountPath: "/projected" }] : []),
        ...extensions.mounts,
      ],
    },
    volumes: [
      { name: "tmp", emptyDir: {} },
      ...(files.length > 0 ? [{ name: "sql", projected: { sources: files.map(sourceOf) } }] : []),
      ...(sources.length > 0 ? [{ name: "files", projected: { sources } }] : []),
      ...extensions.volumes,
    ],
  };
}

/** Those of extensions win, as in the cluster, where they are set last. */
function variables(values: CommonValues) {
  const ofExtensions = extensionVariables(values.extensionImages);
  return [
    ...environment(values).filter(({ name }) => !Object.hasOwn(ofExtensions, name)),
    ...Object.entries(ofExtensions).map(([name, value]) => ({ name, value })),
  ];
}

/** Not in the environment, which is the user's: there a name could be taken, and PostgreSQL would see it. */
function scriptArguments(
  values: CommonValues,
  created: ClusterValues | undefined,
  files: readonly SqlFile[],
): pulumi.Input<string>[] {
  const { clusterName, sharedPreloadLibraries: listed } = values;
  return [
    serviceVariable(`${clusterName}-rw`),
    created?.database.name ?? "",
    created?.database.owner ?? "",
    (created ? initdbOptions(created) : ["--encoding=UTF8"]).join("\n"),
    serverSettings(values),
    listed.join(" "),
    preloadedLibraries({ ...values, sharedPreloadLibraries: [] }).join(" "),
    ...files.flatMap(argumentsOf),
  ].map((argument) => verbatim(argument));
}

function fileName(index: number): string {
  return `${String(index).padStart(3, "0")}.sql`;
}

function argumentsOf({ in: database, path, role, kind }: SqlFile, index: number): string[] {
  return [database, fileName(index), path, role ?? "", kind === "Secret" ? "hidden" : "shown"];
}

function sourceOf({ kind, name, key }: SqlFile, index: number) {
  const source = { name, items: [{ key, path: fileName(index) }] };
  return kind === "Secret" ? { secret: source } : { configMap: source };
}
