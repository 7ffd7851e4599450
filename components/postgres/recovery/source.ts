import * as pulumi from "@pulumi/pulumi";
import { archiveParameters, type ClusterArchive } from "../../backup/archive";
import type { BackupStore } from "../../backup/args/store";
import { identityOf } from "../../backup/identity";
import { createObjectStore } from "../../backup/object-store";
import type {
  ClusterSpecBootstrapRecovery,
  ClusterSpecExternalClusters,
} from "../../crds/cloudnative-pg";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { clusterMetadata } from "../cluster/metadata";
import { ownerVerifierName } from "../cluster/names";
import type { ClusterOrigin } from "../cluster/spec";
import type { CommonValues } from "../cluster/values-common";
import type { RecoveryTargetArgs } from "./args";
import type { ReplicaValues } from "../replica/values";
import type { RecoveryValues } from "./values";
import { BARMAN_CLOUD } from "../../upstream/cloudnative-pg";

/** The name by which a cluster refers to its source. */
export const ORIGIN = "origin";

type Sourced = Pick<RecoveryValues, "source">;

type FromSourceValues = RecoveryValues | ReplicaValues;

type ExternalCluster = WithInputs<ClusterSpecExternalClusters>;

/**
 * The ObjectStore that a cluster is recovered from. It must stay: the plugin reads it as long as the cluster exists.
 */
export function createSource(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues & Sourced,
): pulumi.Output<string> {
  const { clusterName, source, backup } = values;
  const { maxParallel, sidecarResources } = source;
  const store = createObjectStore(
    parent,
    `${name}-source`,
    clusterMetadata(values, `${clusterName}-source`),
    { store: beside(source.store, backup?.store), maxParallel, sidecarResources },
  );
  return store.metadata.name;
}

/** The source's store without the variables of the cluster's own store: both are set in one container. */
function beside(source: BackupStore, own: BackupStore | undefined): BackupStore {
  const taken = own?.environment ?? {};
  const environment = Object.fromEntries(
    Object.entries(source.environment ?? {}).filter(([name]) => !Object.hasOwn(taken, name)),
  );
  const hasRegion = own?.region !== undefined && own.accessKeyId === undefined;
  const { region, ...rest } = source;
  return {
    ...rest,
    environment,
    ...(region !== undefined && !(hasRegion && source.accessKeyId === undefined) && { region }),
  };
}

/** The origin of a cluster: the base backup and the WAL of another one, and a connection to it, if there is one. */
export function recoveryOrigin(
  values: FromSourceValues,
  objectStore: pulumi.Output<string>,
  target: RecoveryTargetArgs = {},
  streaming: Partial<ExternalCluster> = {},
): ClusterOrigin {
  const { clusterName, database, source, backup } = values;
  const recoveryTarget = recoveryTargetSpec(target);
  const recovery: WithInputs<ClusterSpecBootstrapRecovery> = {
    source: ORIGIN,
    database: database.name,
    owner: database.owner,
    secret: { name: database.ownerSecret ?? ownerVerifierName(clusterName) },
    ...(source.snapshots && {
      volumeSnapshots: {
        storage: snapshot(source.snapshots.storage),
        walStorage: snapshot(source.snapshots.walStorage),
      },
    }),
    ...(Object.keys(recoveryTarget).length > 0 && { recoveryTarget }),
  };
  return {
    bootstrap: { recovery },
    externalClusters: [{ ...originSpec(values, objectStore), ...streaming }],
    ...identityOf([backup?.store, source.store]),
  };
}

/** How a cluster refers to the archive that its data, or later WAL, come from. */
export function originSpec(
  { source }: Sourced,
  objectStore: pulumi.Output<string>,
): ExternalCluster {
  return {
    name: ORIGIN,
    plugin: {
      name: BARMAN_CLOUD,
      // The API server's defaults: if unset, they would show up as changes at every refresh.
      enabled: true,
      isWALArchiver: false,
      parameters: archiveParameters({ objectStore, serverName: source.serverName }),
    },
  };
}

function recoveryTargetSpec(target: RecoveryTargetArgs) {
  const { time, lsn, xid, name, immediate, backupId, exclusive, timeline } = target;
  return {
    ...(time !== undefined && { targetTime: time }),
    ...(lsn !== undefined && { targetLSN: lsn }),
    ...(xid !== undefined && { targetXID: xid }),
    ...(name !== undefined && { targetName: name }),
    ...(immediate === true && { targetImmediate: true }),
    ...(backupId !== undefined && { backupID: backupId }),
    ...(exclusive === true && { exclusive }),
    ...(timeline !== undefined && { targetTLI: timeline }),
  };
}

function snapshot(name: pulumi.Input<string>) {
  return { apiGroup: "snapshot.storage.k8s.io", kind: "VolumeSnapshot", name };
}

/**
 * The archive, once it is known not to be the source's. This validates outputs of other resources, which the rules
 * cannot see.
 */
export function apartFromSource(
  component: string,
  archive: ClusterArchive | undefined,
  { source, backup }: FromSourceValues,
): ClusterArchive | undefined {
  if (!archive || !backup) return undefined;
  const { store } = backup;
  const serverName = pulumi
    .all([
      archive.serverName,
      store.destinationPath,
      source.serverName,
      source.store.destinationPath,
    ])
    .apply(([own, target, origin, from]) => {
      if (own === origin && target.replace(/\/+$/, "") === from.replace(/\/+$/, "")) {
        throw new Error(
          `${component} would archive into ${own} in ${target}, the archive that it is recovered from. Use another ` +
            "backup.generation, or remove it for a new one.",
        );
      }
      return own;
    });
  return { ...archive, serverName };
}
