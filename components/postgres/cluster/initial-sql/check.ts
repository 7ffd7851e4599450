import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpecBootstrapInitdb } from "../../../crds/cloudnative-pg";
import { guaranteed } from "../../../kubernetes/pod-resources";
import type { WithInputs } from "../../../kubernetes/with-inputs";
import { recommendedLabels } from "../../../kubernetes/labels";
import { runOnce } from "../../sql-job/pod";
import { initdb } from "../initdb";
import { sqlCheckName } from "../names";
import type { ClusterValues } from "../values";
import { sqlFiles, type SqlFile } from "./files";
import { CHECK_SCRIPT } from "./script";

/**
 * A Job that runs the SQL of a new database before there is one. In CloudNativePG's own Job a mistake leaves a cluster
 * that never gets a primary, whose creation waits for 20 minutes, and that must be deleted by hand. This one ends the
 * deployment within a minute, with the statement, and before anything else exists.
 */
export function createSqlCheck(
  parent: pulumi.Resource,
  name: string,
  values: ClusterValues,
  dependsOn: pulumi.Resource[],
): k8s.batch.v1.Job | undefined {
  const files = sqlFiles(values);
  if (files.length === 0) return undefined;
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

function podContent(values: ClusterValues, files: readonly SqlFile[]) {
  return {
    container: {
      name: "sql-check",
      image: values.image,
      command: ["bash", "-c", CHECK_SCRIPT, "sql-check", ...files.flatMap(argumentsOf)],
      env: Object.entries(environment(values)).map(([name, value]) => ({ name, value })),
      resources: guaranteed({ cpu: "500m", memory: "512Mi" }),
      volumeMounts: [
        { name: "tmp", mountPath: "/tmp" },
        { name: "sql", mountPath: "/sql", readOnly: true },
      ],
    },
    volumes: [
      { name: "tmp", emptyDir: {} },
      { name: "sql", projected: { sources: files.map(sourceOf) } },
    ],
  };
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

function environment(values: ClusterValues): Record<string, string> {
  const { clusterName, database } = values;
  return {
    CLUSTER: clusterName,
    DATABASE: database.name,
    OWNER: database.owner,
    INITDB: options(initdb(values)).join("\n"),
    SETTINGS: settings(values).join("\n"),
    // The scratch server's programs write nowhere else.
    HOME: "/tmp",
  };
}

/** The options that the operator gives to initdb. */
function options(bootstrap: WithInputs<ClusterSpecBootstrapInitdb>): string[] {
  const { dataChecksums, encoding, localeCollate, localeCType } = bootstrap;
  const { localeProvider, icuLocale, builtinLocale } = bootstrap;
  const given = {
    encoding,
    "lc-collate": localeCollate,
    "lc-ctype": localeCType,
    "locale-provider": localeProvider,
    "icu-locale": icuLocale,
    "builtin-locale": builtinLocale,
  };
  return [
    ...(dataChecksums === true ? ["--data-checksums"] : []),
    ...Object.entries(given).flatMap(([name, value]) =>
      typeof value === "string" ? [`--${name}=${value}`] : [],
    ),
  ];
}

/** Libraries that the operator loads as soon as one of their parameters is set. */
const LOADED_BY_PARAMETERS = ["auto_explain", "pg_failover_slots", "pg_stat_statements", "pgaudit"];

/** The settings that SQL may depend on: those of extensions, with their libraries. */
function settings({ parameters }: ClusterValues): string[] {
  const ofExtensions = Object.entries(parameters).filter(([name]) => name.includes("."));
  const libraries = LOADED_BY_PARAMETERS.filter((library) =>
    ofExtensions.some(([name]) => name.startsWith(`${library}.`)),
  );
  return [
    ...(libraries.length > 0 ? [`shared_preload_libraries = '${libraries.join(",")}'`] : []),
    ...ofExtensions.map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`),
  ];
}
