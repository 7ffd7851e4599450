import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { archiveName, createArchive, type ClusterArchive } from "../../backup/archive";
import { identityOf } from "../../backup/identity";
import { createSchedule, scheduleName } from "../../backup/schedule";
import { PROMOTE_WITHOUT_TOKEN } from "../../kubernetes/promotions";
import { withPart } from "../overrides/merge";
import { isGuaranteed, type WithOwner } from "./contents";
import { clusterMetadata, protection } from "./metadata";
import { clusterSpec, type ClusterOrigin, type WithSource } from "./spec";
import type { CommonValues } from "./values-common";

/** The parts of a Cluster in addition to its values. */
export interface ClusterParts {
  origin: ClusterOrigin;
  archive: ClusterArchive | undefined;
  dependsOn: (pulumi.Resource | undefined)[];
  /** Maximum time until it serves, or follows its source. */
  createTimeout: string;
  /** What a deployment waits for beside that. */
  waitFor?: string[];
  /** Whether it is promoted although its token is missing. */
  promoteWithoutToken?: boolean | undefined;
}

/** Creates the Cluster object. Its creation ends once it serves. */
export function createCluster(
  parent: pulumi.Resource,
  name: string,
  values: WithSource & WithOwner,
  parts: ClusterParts,
): k8s.apiextensions.CustomResource {
  const { origin, archive, dependsOn, createTimeout, waitFor = [] } = parts;
  const { promoteWithoutToken = false } = parts;
  if (!isGuaranteed(values.resources)) warnOfBurstable(parent, values.clusterName);
  return new k8s.apiextensions.CustomResource(
    `${name}-cluster`,
    {
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Cluster",
      metadata: {
        ...clusterMetadata(values, values.clusterName),
        annotations: {
          // Ready alone is also true in the middle of a rolling update.
          "pulumi.com/waitFor": JSON.stringify([
            "condition=Ready",
            "jsonpath={.status.phase}=Cluster in healthy state",
            ...waitFor,
          ]),
          ...(promoteWithoutToken && { [PROMOTE_WITHOUT_TOKEN]: "true" }),
        },
      },
      spec: withPart(
        clusterSpec(values, { ...identityOf([values.backup?.store]), ...origin }, archive),
        values.spec,
      ),
      // An output, for what only the operator knows.
      status: undefined,
    },
    {
      parent,
      dependsOn: dependsOn.filter((resource) => resource !== undefined),
      protect: protection(values),
      // Volumes are created and replicas cloned at creation; an update restarts the instances one by one.
      customTimeouts: { create: createTimeout, update: "40m", delete: "10m" },
    },
  );
}

function warnOfBurstable(parent: pulumi.Resource, clusterName: string): void {
  void pulumi.log.warn(
    `The pods of ${clusterName} are not Guaranteed, since resources.limits differ from the requests: a node that runs ` +
      "short of memory ends them before others.",
    parent,
  );
}

/** The archive of a cluster with backups. */
export function createClusterArchive(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues,
): ClusterArchive | undefined {
  const { backup, clusterName, version } = values;
  if (!backup) return undefined;
  const metadata = clusterMetadata(values, archiveName(clusterName));
  return createArchive(parent, name, clusterName, metadata, backup, version);
}

/** The schedule of a cluster with backups, once it serves. */
export function createClusterSchedule(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues,
  archive: ClusterArchive | undefined,
  cluster: pulumi.Resource,
): void {
  if (!archive) return;
  const { clusterName } = values;
  const metadata = clusterMetadata(values, scheduleName(clusterName, archive));
  createSchedule(parent, name, clusterName, metadata, archive, [cluster]);
}
