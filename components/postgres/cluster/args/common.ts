import type * as pulumi from "@pulumi/pulumi";
import type { ClusterBackupArgs } from "../../../backup/args";
import type { MonitoringArgs } from "../../../monitoring/args";
import type { Mirror } from "../../../operators/release/args";
import type { ClusterExposedArgs } from "../../exposure/args";
import type { ClusterCatalogArgs, ExtensionImageArgs } from "../../image-catalog/args";
import type { ClusterCertificatesArgs } from "./certificates";
import type {
  ClusterEnvArgs,
  ClusterEphemeralVolumesArgs,
  ClusterFileArgs,
  ClusterTablespaceArgs,
} from "./contents";
import type { ClusterExtraDatabaseArgs } from "./database";
import type { ClusterCronJobArgs } from "./extensions";
import type { ClusterNetworkPolicyArgs, ClusterPlacementArgs, ClusterStorageArgs } from "./pods";
import type { ClusterResourcesArgs } from "./resources";
import type { ClusterRoleArgs } from "./role";
import type { ClusterSynchronousArgs } from "./synchronous";
import type { RtoPreset } from "./rto";

/** The common arguments of PostgresCluster, RecoveryCluster, ReplicaCluster and ImportedCluster. */
export interface ClusterArgs {
  /**
   * Namespace of the cluster. It must exist, and it should not be the operator's.
   *
   * A change replaces the cluster: the database is deleted first. Protect it, and move data by a backup.
   */
  namespace: pulumi.Input<string>;

  /** Volume of each instance for tables and indexes. */
  storage: ClusterStorageArgs;

  /**
   * Volume of each instance for write-ahead log. It is always separate, so that accumulated WAL cannot fill the volume
   * of the tables.
   *
   * @default - a quarter of `storage.size`, at least 1Gi and at most 64Gi, of the same storage class
   */
  walStorage?: ClusterStorageArgs;

  /**
   * Name of the Cluster object, and so of its pods (`<name>-1`), services (`<name>-rw`) and Secrets. At most 50
   * characters.
   *
   * A change replaces the cluster: the database is deleted first.
   *
   * @default - the name of the component
   */
  clusterName?: string;

  /**
   * PostgreSQL instances: one primary, the others its replicas. 3 is the minimum that survives a loss and still has two
   * copies of every commit.
   *
   * @default 3
   */
  instances?: number;

  /**
   * Number of hosts that can run an instance. If set, more instances than hosts are refused, instead of one staying
   * Pending until the deployment times out.
   *
   * @default - not checked
   */
  nodes?: number;

  /**
   * Major version of PostgreSQL, 15 to 18. A higher one upgrades the cluster offline with `pg_upgrade` (to 16 or
   * later); the only way back is a backup. It begins a new archive, with a base backup at once, since nothing of the
   * old one can be replayed on it; the old one stays in the store. 14, which gets no more fixes, is accepted only with
   * an `image` of it, for a cluster that already runs it.
   *
   * @default 18, the newest that CloudNativePG 1.30 runs
   * @see https://cloudnative-pg.io/docs/1.30/postgres_upgrades
   */
  version?: number;

  /**
   * Image of PostgreSQL, with a tag that begins with its version, better with the digest too:
   * `registry/postgresql:18.6-standard-trixie@sha256:...`. `image` of a PostgresImage is one. A change restarts the instances
   * one by one, the primary last.
   *
   * @default - the `standard` image of `version` that this release was tested with, by digest
   */
  image?: pulumi.Input<string>;

  /**
   * A catalogue that the image is taken from, in its `version`, instead of `image`. Changing from one to the other restarts
   * the instances one by one if the image is another one.
   *
   * @default - none, `image`
   */
  imageCatalog?: ClusterCatalogArgs;

  /**
   * Images of extensions, which are mounted into the pods. It needs `version` 18 and Kubernetes 1.35, see
   * ExtensionImageArgs. A change restarts the instances one by one.
   *
   * @default - none: extensions are those of the image
   */
  extensionImages?: ExtensionImageArgs[];

  /**
   * Registries to use instead of the public ones, here for the image unless `image` is set. A change restarts the
   * instances one by one.
   *
   * @default - the public ones
   */
  mirror?: Mirror;

  /**
   * Memory and CPU of each instance, as requests and, unless `limits` differ, limits: at least `100m` and `256Mi`. A
   * change restarts the instances one by one.
   *
   * @default - 1 core and 2Gi
   */
  resources?: ClusterResourcesArgs;

  /**
   * Further volumes of each instance for tables, indexes or temporary data. Adding one restarts the instances one by one.
   *
   * @default - none
   */
  tablespaces?: ClusterTablespaceArgs[];

  /**
   * Limits of the volumes in memory and on the nodes' disks. A change restarts the instances one by one.
   *
   * @default - none
   */
  ephemeralVolumesSizeLimit?: ClusterEphemeralVolumesArgs;

  /**
   * Files of ConfigMaps and Secrets in the pods, under `/projected`. Another list restarts the instances one by one.
   *
   * @default - none
   */
  files?: ClusterFileArgs[];

  /**
   * Environment variables of PostgreSQL's containers. A change restarts the instances one by one.
   *
   * @default - none
   */
  env?: ClusterEnvArgs[];

  /**
   * Time zone of sessions that set none (PostgreSQL's `timezone`) and of programs in the pods (`TZ`), such as
   * `"Europe/Zurich"`. What is stored does not depend on it, and logs are in UTC. A change restarts the instances one by one.
   *
   * @default - UTC
   */
  timeZone?: string;

  /**
   * Secrets of type `kubernetes.io/dockerconfigjson` in the cluster's namespace, by which images are pulled. Adding one
   * restarts nothing.
   *
   * @default - those of `mirror`
   */
  imagePullSecrets?: pulumi.Input<string>[];

  /**
   * PostgreSQL settings, overriding those that are derived from memory, CPU and volumes. Settings that belong to the
   * operator or give up durability are refused, and so are those that `version` does not start with, by PostgreSQL's
   * own catalogue. Many restart the instances when they change.
   *
   * `pg_stat_statements.max`, `auto_explain.*`, `pgaudit.*` and `pg_failover_slots.*` also load the extension.
   *
   * @default - derived from the sizes, see `derivedParameters`
   * @see https://cloudnative-pg.io/docs/1.30/postgresql_conf
   */
  parameters?: Record<string, string>;

  /**
   * Libraries that PostgreSQL loads when it starts (`shared_preload_libraries`), in this order: what pg_cron, timescaledb
   * and others need before their extension can be created. The image must have them: a Job, `<cluster>-sql-check`, tries
   * them first, and fails within a minute. Those that the operator loads by itself, when one of their
   * parameters is set, come after them: pg_stat_statements, pgaudit, auto_explain and pg_failover_slots need not be listed.
   * With `pg_cron` its parameters `cron.database_name` and `cron.use_background_workers` are set. A change restarts the
   * instances one by one.
   *
   * @default - none
   * @see https://cloudnative-pg.io/docs/1.30/postgresql_conf#shared-preload-libraries
   */
  sharedPreloadLibraries?: string[];

  /**
   * Jobs of pg_cron, which must be in `sharedPreloadLibraries` and, of a new cluster, in `database.extensions`; elsewhere the extension
   * and the owner's right to it come with the data, or the deployment ends with what a superuser has to run. They follow
   * this list whenever it changes: `[]` removes all that were declared, and without it they stay as they are. A change
   * restarts nothing.
   *
   * @default - not managed
   */
  cronJobs?: ClusterCronJobArgs[];

  /**
   * The replicas that a commit waits for.
   *
   * @default - with 3 instances or more: any one replica, required, and a failover only with proof that the candidate
   * has every commit. With 2: the replica, as long as it is available (`preferred`), since otherwise its restart would
   * stop all writes. With 1: off
   */
  synchronous?: ClusterSynchronousArgs;

  /**
   * Placement of the instances.
   *
   * @default - one instance per host, spread over zones, both required
   */
  placement?: ClusterPlacementArgs;

  /**
   * Additional databases, each created once it is declared.
   *
   * @default - none
   */
  databases?: ClusterExtraDatabaseArgs[];

  /**
   * Additional roles, created once the cluster serves and set again when they change here. A role that is removed here
   * stays in PostgreSQL.
   *
   * @default - none
   */
  roles?: ClusterRoleArgs[];

  /**
   * Lines of `pg_hba.conf`, between a first one that rejects everything without TLS and a last one that accepts all
   * roles with a password by scram-sha-256. End with `hostssl all all all reject` to reject all others. Reloaded
   * without a restart.
   *
   * @default - none
   * @see https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
   */
  pgHba?: string[];

  /**
   * Certificates of your own, such as those that ClusterCertificates issues. Their Secrets must be in the cluster's
   * namespace. A change is loaded without a restart.
   *
   * @default - the operator issues its own, and renews them
   */
  certificates?: ClusterCertificatesArgs;

  /**
   * Roles that log in only by a client certificate with their name as common name: their passwords are rejected, and
   * poolers, which log in with passwords, cannot serve them. Each is the owner of the database or one of `roles` with
   * `login`. Reloaded without a restart.
   *
   * Without `certificates.clientCaSecret` CloudNativePG issues the certificates of `roles`, and renews them: each is in a
   * Secret `<cluster>-<role>-client-cert`. With it, ClusterCertificates issues them, or you do.
   *
   * @default - none: passwords, by scram-sha-256
   */
  certificateUsers?: string[];

  /**
   * Whether the role `postgres` gets a password, in the Secret `<name>-superuser`.
   *
   * @default false: nothing needs it, the operator connects by socket and replicas by certificate
   */
  superuserAccess?: boolean;

  /**
   * The time until an instance is given up, as a preset. A change restarts the instances one by one.
   *
   * @default RtoPreset.Balanced
   */
  rto?: RtoPreset;

  /**
   * Clients that may connect to the instances.
   *
   * @default - the namespace's pods to PostgreSQL, all pods to the metrics
   */
  networkPolicy?: ClusterNetworkPolicyArgs;

  /**
   * Services by which clients outside of Kubernetes reach the instances. Adding, changing or removing one restarts nothing.
   *
   * @default - none: only pods reach them
   */
  exposed?: ClusterExposedArgs[];

  /**
   * Metrics and alerts: `{}` for the defaults. They require the Prometheus operator's definitions (PrometheusStack
   * installs them).
   *
   * @default - none
   */
  monitoring?: MonitoringArgs;

  /**
   * The archive of WAL and base backups. It requires the Barman Cloud plugin (BarmanCloudPlugin installs it). Adding or
   * removing it restarts the instances one by one, since it runs as a container in their pods; removing it keeps the
   * content of the store, and adding it again begins a new archive.
   *
   * @default - no backups: what is lost with the volumes stays lost
   */
  backup?: ClusterBackupArgs;

  /**
   * Whether Pulumi refuses to delete or replace the cluster. Set it in production: a Cluster is deleted with its volumes,
   * and only a StorageClass with `reclaimPolicy: Retain` keeps the data on disk then. The content of the store of `backup`
   * is never deleted with the cluster. The Secrets of generated passwords are not protected, since another password
   * replaces them. The cluster needs those of the owner, so that a deletion comes to them only after the cluster. **Those of
   * `roles` go before it**, also if it stays.
   *
   * To delete a protected cluster: take a last backup (OnDemandBackup) and deploy, set this to false and deploy, then
   * remove the cluster or destroy the stack. `pulumi destroy` stops at a protected cluster in its preview; with
   * `--skip-preview` it first deletes what the cluster does not need, such as poolers and the schedule of backups.
   *
   * @default false
   */
  deletionProtection?: boolean;

  /**
   * Names of the PostgresPoolers in front of the cluster. They present the cluster's server certificate to their
   * clients, so it then contains their host names too, as `sslmode=verify-full` requires. A change renews the
   * certificate without a restart.
   *
   * @default - none
   */
  poolers?: string[];

  /**
   * Labels for all objects, and for the pods, services and volumes that the operator creates.
   *
   * @default - only the recommended ones
   */
  labels?: Record<string, string>;

  /**
   * Annotations for the pods, services and volumes that the operator creates, such as those of a service mesh or a backup
   * tool. Changed without a restart.
   *
   * @default - none
   */
  annotations?: Record<string, string>;

  /**
   * A part of the Cluster's `spec` for what has no argument here, merged last: objects deeply, lists as a whole. What an
   * argument sets is refused, and the policy pack judges the result. What is in it is not promised: this package neither
   * checks nor tests it, and an update of the operator may change it. In a program, `satisfies ClusterSpecPart` has the compiler
   * check it.
   *
   * @default - nothing
   * @see https://cloudnative-pg.io/docs/1.30/cloudnative-pg.v1#clusterspec
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Pulumi's schema for other languages has no unknown.
  spec?: Record<string, any>;
}
