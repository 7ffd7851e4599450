import type {
  Cluster as ClusterDeclaration,
  ClusterSpec,
} from "../../../components/crds/cloudnative-pg.ts";
import { BARMAN_CLOUD } from "../../../components/upstream/cloudnative-pg.ts";
import { applicationOf, type Archive } from "../archive.ts";
import { ALIVE_UNTIL, aliveUntil, DRILL, DRILL_OF, KEPT, STARTED } from "../drill-identity.ts";
import type { Cluster } from "../objects.ts";
import { readerIdentity } from "./reader.ts";

/** A drill that is about to be started. */
export interface Drill {
  /** Name of its cluster. */
  name: string;
  archive: Archive;
  targetTime: string | undefined;
  keep: boolean;
  startedAt: Date;
}

const ORIGIN = "origin";

/**
 * Fields that are copied from the source unchanged: the files of a server, and the settings that it needs to start on
 * them.
 */
const COPIED = [
  "imagePullPolicy",
  "imagePullSecrets",
  "storage",
  "walStorage",
  "tablespaces",
  "ephemeralVolumeSource",
  "ephemeralVolumesSizeLimit",
  "resources",
  "env",
  "envFrom",
  "projectedVolumeTemplate",
  "postgresUID",
  "postgresGID",
  "podSecurityContext",
  "securityContext",
  "seccompProfile",
  "schedulerName",
  "startDelay",
] as const satisfies readonly (keyof ClusterSpec)[];

/** With lower values than the source, PostgreSQL refuses to replay its WAL. */
const DEMANDED_BY_RECOVERY = [
  "max_connections",
  "max_locks_per_transaction",
  "max_prepared_transactions",
  "max_wal_senders",
  "max_worker_processes",
];

/** Makes the recovery as fast as a real one, and its data fit the same volumes. */
const PACE_OF_RECOVERY = [
  "checkpoint_completion_target",
  "checkpoint_timeout",
  "dynamic_shared_memory_type",
  "effective_io_concurrency",
  "huge_pages",
  "io_method",
  "io_workers",
  "maintenance_io_concurrency",
  "max_wal_size",
  "min_wal_size",
  "recovery_prefetch",
  "shared_buffers",
  "shared_memory_type",
  "wal_buffers",
  "wal_decode_buffer_size",
  "wal_keep_size",
];

/**
 * The cluster of a drill: an isolated copy of its source. It does not archive, refuses all network logins (its
 * passwords are those of the source), does not replicate, and runs no jobs.
 */
export function drillManifest(source: Cluster, drill: Drill): ClusterDeclaration {
  const { metadata, spec } = source;
  const { name, archive, targetTime, keep, startedAt } = drill;
  return {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Cluster",
    metadata: {
      name,
      namespace: metadata.namespace,
      labels: {
        "app.kubernetes.io/name": "postgresql",
        "app.kubernetes.io/instance": name,
        "app.kubernetes.io/component": "restore-drill",
        "app.kubernetes.io/part-of": "ha-postgres",
        "app.kubernetes.io/managed-by": "ha-postgres",
        [DRILL]: name,
        [DRILL_OF]: metadata.name,
      },
      annotations: {
        "ha-postgres/drill-archive": `${archive.objectStore}/${archive.serverName}`,
        [STARTED]: startedAt.toISOString(),
        "ha-postgres/drill-target": targetTime ?? "latest",
        [ALIVE_UNTIL]: aliveUntil(startedAt),
        ...(keep && { [KEPT]: "true" }),
      },
    },
    spec: {
      description: `Restore drill of ${metadata.name}`,
      instances: 1,
      ...image(source),
      ...copied(spec),
      ...(spec.probes?.startup && { probes: { startup: spec.probes.startup } }),
      enablePDB: false,
      enableSuperuserAccess: false,
      // No client has to be waited for at shutdown.
      smartShutdownTimeout: 5,
      stopDelay: 30,
      inheritedMetadata: { labels: { ...cloudLabels(spec), [DRILL]: name } },
      bootstrap: {
        recovery: {
          source: ORIGIN,
          // Others than the source's the operator would create.
          ...applicationOf(source),
          ...(targetTime !== undefined && { recoveryTarget: { targetTime } }),
        },
      },
      externalClusters: [
        {
          name: ORIGIN,
          plugin: {
            name: BARMAN_CLOUD,
            enabled: true,
            isWALArchiver: false,
            parameters: {
              barmanObjectName: archive.objectStore,
              serverName: archive.serverName,
            },
          },
        },
      ],
      postgresql: postgresql(spec, name),
      // The third, which applications would use, cannot be switched off; its name is as random as the cluster's.
      managed: { services: { disabledDefaultServices: ["r", "ro"] } },
      affinity: affinity(source),
      ...serviceAccount(source),
    },
  };
}

function copied(spec: ClusterSpec): Partial<ClusterSpec> {
  return Object.fromEntries(
    COPIED.filter((key) => spec[key] !== undefined).map((key) => [key, spec[key]]),
  );
}

/**
 * Labels that grant pods access to a store in a cloud. Other labels are left out: a Service of the user may select by
 * them.
 */
function cloudLabels({ inheritedMetadata }: ClusterSpec): Record<string, string> {
  const labels = Object.entries(inheritedMetadata?.labels ?? {});
  return Object.fromEntries(labels.filter(([key]) => key.startsWith("azure.workload.identity/")));
}

/** A catalogue takes precedence over the resolved image, since the operator reads the version of PostgreSQL from it. */
function image({ spec, status }: Cluster): Pick<ClusterSpec, "imageName" | "imageCatalogRef"> {
  const { imageCatalogRef, imageName = status?.image } = spec;
  if (imageCatalogRef) return { imageCatalogRef };
  return imageName === undefined ? {} : { imageName };
}

function postgresql({ postgresql }: ClusterSpec, drill: string): ClusterSpec["postgresql"] {
  const { parameters = {}, extensions } = postgresql ?? {};
  // It works on standbys only, and the operator requires settings for it that a single instance cannot have.
  const libraries = postgresql?.shared_preload_libraries?.filter(
    (library) => library !== "pg_failover_slots",
  );
  const kept = Object.entries(parameters).filter(
    ([name]) =>
      DEMANDED_BY_RECOVERY.includes(name) ||
      PACE_OF_RECOVERY.includes(name) ||
      // A library's own: without some of them a server does not start.
      (name.includes(".") && !name.startsWith("pg_failover_slots.")),
  );
  return {
    parameters: {
      ...Object.fromEntries(kept),
      // Prevents the copy's subscriptions from consuming changes that the source waits for.
      max_logical_replication_workers: "0",
      // The drill searches the log of the recovery for English messages.
      lc_messages: "C",
      ...(libraries?.includes("pg_cron") === true && { "cron.launch_active_jobs": "off" }),
    },
    pg_hba: ["host all all all reject"],
    pg_ident: [readerIdentity(drill)],
    ...(libraries && libraries.length > 0 && { shared_preload_libraries: libraries }),
    ...(extensions && { extensions }),
  };
}

/** Nodes that the source may use, preferably without one of its instances: a restore loads the disks. */
function affinity({ metadata, spec }: Cluster): NonNullable<ClusterSpec["affinity"]> {
  const { nodeSelector, nodeAffinity, tolerations } = spec.affinity ?? {};
  return {
    enablePodAntiAffinity: false,
    additionalPodAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: {
            topologyKey: "kubernetes.io/hostname",
            labelSelector: { matchLabels: { "cnpg.io/cluster": metadata.name } },
          },
        },
      ],
    },
    ...(nodeSelector && { nodeSelector }),
    ...(nodeAffinity && { nodeAffinity }),
    ...(tolerations && { tolerations }),
  };
}

/**
 * The source's service account if it is bound to a role in a cloud: such roles are bound to account names, and the
 * drill's name has no binding.
 */
function serviceAccount({ metadata, spec }: Cluster): Pick<ClusterSpec, "serviceAccountName"> {
  if (spec.serviceAccountName !== undefined) return { serviceAccountName: spec.serviceAccountName };
  return spec.serviceAccountTemplate ? { serviceAccountName: metadata.name } : {};
}
