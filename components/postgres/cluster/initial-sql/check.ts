import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { guaranteed } from "../../../kubernetes/pod-resources";
import { recommendedLabels } from "../../../kubernetes/labels";
import { serviceVariable } from "../../../kubernetes/service-variable";
import { verbatim } from "../../../kubernetes/verbatim";
import { runOnce } from "../../sql-job/pod";
import { environment, fileSources } from "../contents";
import { sqlCheckName } from "../names";
import type { ClusterValues } from "../values";
import { sqlFiles, type SqlFile } from "./files";
import { CHECK_SCRIPT } from "./script";
import { initdbOptions, partOf, serverSettings } from "./server";

/**
 * A Job that runs the SQL of a new database before there is one. In CloudNativePG's own Job a mistake leaves a cluster
 * that never gets a primary, whose creation waits for 20 minutes, and that must be deleted by hand. This one ends the
 * deployment within a minute, with the statement, and before anything else exists. There is none where it could not know.
 */
export function createSqlCheck(
  parent: pulumi.Resource,
  name: string,
  values: ClusterValues,
  dependsOn: pulumi.Resource[],
): k8s.batch.v1.Job | undefined {
  const files = sqlFiles(values);
  if (files.length === 0 || hasImageVolumes(values)) return undefined;
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
      spec: runOnce({ ...values, labels }, podContent(values, files)),
    },
    { parent, dependsOn },
  );
}

/** Whether extensions come as images of their own, without which the cluster's image does not have them. */
function hasImageVolumes(values: ClusterValues): boolean {
  const extensions: unknown = partOf(values).postgresql?.extensions;
  return Array.isArray(extensions) ? extensions.length > 0 : extensions !== undefined;
}

/** What the operator's own Job has: the files and the environment of the cluster, too. */
function podContent(values: ClusterValues, files: readonly SqlFile[]) {
  const env = environment(values);
  const sources = fileSources(values);
  const { envFrom } = partOf(values);
  return {
    // By them the script learns whether the cluster exists.
    enableServiceLinks: true,
    container: {
      name: "sql-check",
      image: values.image,
      command: ["bash", "-c", CHECK_SCRIPT, "sql-check", ...scriptArguments(values, files)],
      ...(env.length > 0 && { env }),
      ...(envFrom && { envFrom }),
      resources: guaranteed({ cpu: "500m", memory: "512Mi" }),
      volumeMounts: [
        { name: "tmp", mountPath: "/tmp" },
        { name: "sql", mountPath: "/sql", readOnly: true },
        ...(sources.length > 0 ? [{ name: "files", mountPath: "/projected" }] : []),
      ],
    },
    volumes: [
      { name: "tmp", emptyDir: {} },
      { name: "sql", projected: { sources: files.map(sourceOf) } },
      ...(sources.length > 0 ? [{ name: "files", projected: { sources } }] : []),
    ],
  };
}

/** Not in the environment, which is the user's: there a name could be taken, and PostgreSQL would see it. */
function scriptArguments(values: ClusterValues, files: readonly SqlFile[]): pulumi.Input<string>[] {
  const { clusterName, database } = values;
  return [
    serviceVariable(`${clusterName}-rw`),
    database.name,
    database.owner,
    initdbOptions(values).join("\n"),
    serverSettings(values),
    ...files.flatMap(argumentsOf),
  ].map((argument) => pulumi.output(argument).apply(verbatim));
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
