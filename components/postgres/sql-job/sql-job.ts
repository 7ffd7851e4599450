import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { sqlJobSpec, type SqlJobPod, type SqlJobTarget } from "./spec";

/** SQL that is run once, and again whenever it changes. */
export interface SqlJobArgs {
  /** What it is for, as a part of the Job's name: `grants`. */
  purpose: string;
  sql: string;
  target: SqlJobTarget;
  pod: SqlJobPod;
  /** Metadata of the Job, but for its name. */
  metadata: {
    namespace: pulumi.Input<string>;
    labels: Record<string, string>;
  };
  /** What of it stays as it is, whatever changes here. */
  ignoreChanges?: string[];
}

/** Longest name of a Job, which is a label of its pods. */
const LONGEST = 63;

/**
 * Runs SQL in a database as a Job. The deployment ends with it, and fails with it: then the next one runs it again.
 *
 * The Job stays, or the next deployment would miss it.
 */
export function createSqlJob(
  parent: pulumi.Resource,
  name: string,
  { purpose, sql, target, pod, metadata, ignoreChanges = [] }: SqlJobArgs,
  dependsOn: pulumi.Resource[],
): k8s.batch.v1.Job {
  return new k8s.batch.v1.Job(
    name,
    {
      metadata: {
        ...metadata,
        name: sqlJobName(pod.clusterName, purpose, [name, sql]),
        annotations: { "pulumi.com/replaceUnready": "true" },
      },
      spec: sqlJobSpec(sql, target, pod),
    },
    {
      parent,
      dependsOn,
      customTimeouts: { create: "6m", update: "6m" },
      ...(ignoreChanges.length > 0 && { ignoreChanges }),
    },
  );
}

/** A name that another content does not have, so that a Job and its successor are never one object. */
export function sqlJobName(clusterName: string, purpose: string, content: string[]): string {
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 10);
  const ending = `-${purpose}-${hash}`;
  return `${clusterName.slice(0, LONGEST - ending.length).replace(/-+$/, "")}${ending}`;
}
