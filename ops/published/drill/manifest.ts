import type {
  Cluster as ClusterDeclaration,
  ClusterSpec,
} from "../../../components/crds/cloudnative-pg.ts";
import { applicationOf, type Archive, BARMAN_CLOUD } from "../archive.ts";
import { ALIVE_UNTIL, aliveUntil, DRILL, DRILL_OF, KEPT, STARTED } from "./identity.ts";
import type { Cluster } from "../objects.ts";
import { readerIdentity } from "./reader.ts";

/** A drill that is about to be started. */
export interface Drill {
  /** Of its cluster. */
  name: string;
  archive: Archive;
  targetTime: string | undefined;
  keep: boolean;
  startedAt: Date;
}

const ORIGIN = "origin";

/** What the copy has from its source, word for word: the files of a server, and what it needs to start on them. */
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

/** With less than the source had, PostgreSQL refuses to replay its WAL. */
const DEMANDED_BY_RECOVERY = [
  "max_connections",
  "max_locks_per_transaction",
  "max_prepared_transactions",
  "max_wal_senders",
  "max_worker_processes",
];

/** So that the recovery takes as long as a real one, and fits the same volumes. */
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
 * The cluster of a drill: a copy of its source that nobody finds and that reaches out to nobody. It does not archive, keeps all
 * logins by network out (the passwords in it are those of the source), takes part in no replication, runs no jobs.
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
      // Nobody is waited for when it goes.
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

/** By which a cloud lets pods at the store. Not the others: a Service of the user's may select by one of them. */
function cloudLabels({ inheritedMetadata }: ClusterSpec): Record<string, string> {
  const labels = Object.entries(inheritedMetadata?.labels ?? {});
  return Object.fromEntries(labels.filter(([key]) => key.startsWith("azure.workload.identity/")));
}

/** A catalogue goes before the image that it led to, since the operator reads the version of PostgreSQL in it. */
function image({ spec, status }: Cluster): Pick<ClusterSpec, "imageName" | "imageCatalogRef"> {
  const { imageCatalogRef, imageName = status?.image } = spec;
  if (imageCatalogRef) return { imageCatalogRef };
  return imageName === undefined ? {} : { imageName };
}

function postgresql({ postgresql }: ClusterSpec, drill: string): ClusterSpec["postgresql"] {
  const { parameters = {}, extensions } = postgresql ?? {};
  // It has work on standbys only, and the operator wants settings for it that a single instance cannot have.
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
      // Or the copy's subscriptions would take from their publishers what the source waits for.
      max_logical_replication_workers: "0",
      // What the drill looks for in the log of the recovery is English.
      lc_messages: "C",
      ...(libraries?.includes("pg_cron") === true && { "cron.launch_active_jobs": "off" }),
    },
    pg_hba: ["host all all all reject"],
    pg_ident: [readerIdentity(drill)],
    ...(libraries && libraries.length > 0 && { shared_preload_libraries: libraries }),
    ...(extensions && { extensions }),
  };
}

/** Where the source may run, but rather not beside one of its instances: a restore is hard on disks. */
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
 * The source's own account where it stands for a role in a cloud: such roles are bound to the names of accounts, and nobody has
 * given the drill's name to one.
 */
function serviceAccount({ metadata, spec }: Cluster): Pick<ClusterSpec, "serviceAccountName"> {
  if (spec.serviceAccountName !== undefined) return { serviceAccountName: spec.serviceAccountName };
  return spec.serviceAccountTemplate ? { serviceAccountName: metadata.name } : {};
}
