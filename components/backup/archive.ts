import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { ClusterSpec, ClusterSpecPlugins } from "../crds/cloudnative-pg";
import type { WithInputs } from "../kubernetes/with-inputs";
import { BackupMethod } from "./args";
import type { BackupValues } from "./values";
import { createObjectStore } from "./object-store";
import { BARMAN_CLOUD } from "../upstream/cloudnative-pg";

/** An archive: a separate folder in a store. */
export interface Archive {
  /** Name of the ObjectStore. */
  objectStore: pulumi.Input<string>;
  /** Name of the folder. */
  serverName: pulumi.Input<string>;
}

/** An archive that a cluster writes, with the values that it was made of. */
export interface ClusterArchive extends Archive {
  serverName: pulumi.Output<string>;
  /** The identity of its ObjectStore. */
  uid: pulumi.Output<string>;
  backup: BackupValues;
}

/** Returns the name of the ObjectStore of a cluster's own archive. */
export function archiveName(clusterName: string): string {
  return `${clusterName}-backup`;
}

/**
 * The archive of a cluster.
 *
 * Its name is bound to the identity of its ObjectStore, because that is created again exactly when the database is: with
 * the stack, with another name, namespace or Kubernetes cluster, and after a lost cluster was refreshed away. A random name
 * in the state alone would outlive the database in the last two cases, and lead to an archive that is not empty. When
 * backups were off for a while the ObjectStore is created again as well, and the archive with the gap is left behind.
 *
 * A new major version of PostgreSQL is a new database as well, whose WAL continues with numbers that the old one used.
 */
export function createArchive(
  parent: pulumi.Resource,
  name: string,
  clusterName: string,
  metadata: k8s.types.input.meta.v1.ObjectMeta & { name: string },
  backup: BackupValues,
  postgresMajor: number,
): ClusterArchive {
  const store = createObjectStore(parent, `${name}-backup`, metadata, backup);
  const serverName =
    backup.generation === undefined
      ? pulumi.interpolate`${clusterName}-${createGeneration(parent, name, store, postgresMajor).hex}`
      : pulumi.output(`${clusterName}-${backup.generation}`);
  return { objectStore: store.metadata.name, uid: store.metadata.uid, serverName, backup };
}

function createGeneration(
  parent: pulumi.Resource,
  name: string,
  store: k8s.apiextensions.CustomResource,
  postgresMajor: number,
): random.RandomId {
  return new random.RandomId(
    `${name}-archive-generation-${postgresMajor}`,
    {
      byteLength: 4,
      keepers: { objectStore: store.metadata.uid, postgresMajor: String(postgresMajor) },
    },
    {
      parent,
      // The name from before major versions were distinguished: it stays in use for its database's major.
      aliases: [{ name: `${name}-archive-generation` }],
      ignoreChanges: ["keepers.postgresMajor"],
    },
  );
}

/** The parameters by which the plugin finds an archive. */
export function archiveParameters({ objectStore, serverName }: Archive) {
  return { barmanObjectName: objectStore, serverName };
}

/** Takes snapshots without stopping PostgreSQL; they complete only when the WAL that they need is archived. */
export const ONLINE_SNAPSHOT = { immediateCheckpoint: false, waitForArchive: true };

/** The part of a Cluster's spec that makes it write its archive. */
export function archivingSpec(
  archive: ClusterArchive,
): Pick<WithInputs<ClusterSpec>, "plugins" | "backup" | "serviceAccountTemplate"> {
  const { method, target, snapshotClass } = archive.backup;
  const plugin: WithInputs<ClusterSpecPlugins> = {
    name: BARMAN_CLOUD,
    // The API server's default; without it, every refresh would show a change.
    enabled: true,
    isWALArchiver: true,
    parameters: archiveParameters(archive),
  };
  return {
    plugins: [plugin],
    backup: {
      // Here and not in the schedule: `kubectl cnpg backup` and manual Backups use it as well.
      target,
      ...(method === BackupMethod.VolumeSnapshot && {
        volumeSnapshot: {
          className: snapshotClass,
          online: true,
          onlineConfiguration: ONLINE_SNAPSHOT,
          // They outlive the cluster, as backups in a store do.
          snapshotOwnerReference: "none",
        },
      }),
    },
  };
}
