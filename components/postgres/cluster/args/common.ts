import type * as pulumi from "@pulumi/pulumi";
import type { ClusterBackupArgs } from "../../../backup/args";
import type { MonitoringArgs } from "../../../monitoring/args";
import type { Mirror } from "../../../operators/release/args";
import type { PodResources } from "../../../kubernetes/pod-resources";
import type { ClusterCertificatesArgs } from "./certificates";
import type { ClusterExtraDatabaseArgs } from "./database";
import type { ClusterNetworkPolicyArgs, ClusterPlacementArgs, ClusterStorageArgs } from "./pods";
import type { ClusterRoleArgs } from "./role";
import type { ClusterSynchronousArgs } from "./synchronous";
import type { RtoPreset } from "./rto";

/** What PostgresCluster, RecoveryCluster and ReplicaCluster have in common: where, how many, how large, who may log in. */
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
   * Volume of each instance for write-ahead log. It is always one of its own, so that WAL that piles up cannot fill the
   * volume of the tables.
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
   * PostgreSQL instances: one primary, the others its replicas. 3 is the least that survives a loss and still has two
   * copies of every commit.
   *
   * @default 3
   */
  instances?: number;

  /**
   * Hosts that can take an instance. When given, more instances than hosts are refused here, instead of one that stays
   * Pending until the deployment times out.
   *
   * @default - not checked
   */
  nodes?: number;

  /**
   * Major version of PostgreSQL, 15 to 18. A higher one upgrades the cluster offline with `pg_upgrade` (to 16 or later);
   * there is no way back but a backup. It begins a new archive, with a base backup at once, since nothing of the old one can
   * be replayed on it; the old one stays in the store. 14, which is no longer mended, is taken only with an `image` of it,
   * for a cluster that runs it already.
   *
   * @default 18, the newest that CloudNativePG 1.30 runs
   * @see https://cloudnative-pg.io/docs/1.30/postgres_upgrades
   */
  version?: number;

  /**
   * Image of PostgreSQL, with a tag that begins with its version, better with the digest too:
   * `registry/postgresql:18.6-standard-trixie@sha256:...`. A change restarts the instances one by one, the primary last.
   *
   * @default - the `standard` image of `version` that this release was tested with, by digest
   */
  image?: string;

  /**
   * Registries that stand in for the public ones; here it is about the image, unless `image` says where it is. A change
   * restarts the instances one by one.
   *
   * @default - the public ones
   */
  mirror?: Mirror;

  /**
   * Memory and CPU of each instance, requests and limits in one: at least `100m` and `256Mi`. A change restarts the
   * instances one by one.
   *
   * @default - 1 core and 2Gi
   */
  resources?: PodResources;

  /**
   * PostgreSQL settings, over the ones that are derived from memory, CPU and volumes. Settings that belong to the
   * operator or that give up durability are refused, and so is what PostgreSQL's own catalogue says that `version` does not
   * start with. Many restart the instances when they change.
   *
   * `pg_stat_statements.max`, `auto_explain.*`, `pgaudit.*` and `pg_failover_slots.*` also load the extension.
   *
   * @default - derived from the sizes, see `derivedParameters`
   * @see https://cloudnative-pg.io/docs/1.30/postgresql_conf
   */
  parameters?: Record<string, string>;

  /**
   * Which replicas a commit waits for.
   *
   * @default - with 3 instances or more: any one replica, required, and a failover only with proof that the candidate
   * has every commit. With 2: the replica, as long as it is there (`preferred`), since otherwise its restart would stop
   * all writes. With 1: off
   */
  synchronous?: ClusterSynchronousArgs;

  /**
   * Where instances run.
   *
   * @default - one instance a host, spread over zones, both required
   */
  placement?: ClusterPlacementArgs;

  /**
   * More databases, each created once it is declared.
   *
   * @default - none
   */
  databases?: ClusterExtraDatabaseArgs[];

  /**
   * More roles, which the operator keeps as declared. A role that is removed here stays in PostgreSQL.
   *
   * @default - none
   */
  roles?: ClusterRoleArgs[];

  /**
   * Lines of `pg_hba.conf`, between a first one that rejects everything without TLS and a last one that takes everybody
   * with a password by scram-sha-256. End with `hostssl all all all reject` to let in nobody else. Reloaded without a
   * restart.
   *
   * @default - none
   * @see https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
   */
  pgHba?: string[];

  /**
   * Certificates of your own, such as those that ClusterCertificates issues. Their Secrets must be in the cluster's
   * namespace. A change is taken over without a restart.
   *
   * @default - the operator issues its own, and renews them
   */
  certificates?: ClusterCertificatesArgs;

  /**
   * Roles that log in by a client certificate with their name as common name, and in no other way: their passwords let
   * nobody in, and poolers, which log in with passwords, cannot serve them. Each is the owner of the database or one of
   * `roles` with `login`. Reloaded without a restart.
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
   * How soon an instance is given up. A change restarts the instances one by one.
   *
   * @default RtoPreset.Balanced
   */
  rto?: RtoPreset;

  /**
   * Who may connect to the instances.
   *
   * @default - the namespace's pods to PostgreSQL, everybody to the metrics
   */
  networkPolicy?: ClusterNetworkPolicyArgs;

  /**
   * Metrics and alerts: `{}` for the defaults. They need the Prometheus operator's definitions (PrometheusStack installs
   * them).
   *
   * @default - none
   */
  monitoring?: MonitoringArgs;

  /**
   * Where WAL is archived and backups go. It needs the Barman Cloud plugin (BarmanCloudPlugin installs it). Adding or
   * removing it restarts the instances one by one, since it runs as a container in their pods; removing it leaves what is
   * in the store, and adding it again begins a new archive.
   *
   * @default - no backups: what is lost with the volumes stays lost
   */
  backup?: ClusterBackupArgs;

  /**
   * Whether Pulumi refuses to delete or replace the cluster and its generated credentials. Set it in production: a
   * deleted Cluster takes its volumes with it, and only a StorageClass with `reclaimPolicy: Retain` keeps the data on
   * disk then. What is in the store of `backup` is never deleted with the cluster.
   *
   * To delete a protected cluster: take a last backup (OnDemandBackup) and deploy, set this to false and deploy, then
   * remove the cluster or destroy the stack. `pulumi destroy` stops at a protected cluster in its preview; with
   * `--skip-preview` it deletes first what the cluster does not need, poolers and the schedule of backups among it.
   *
   * @default false
   */
  deletionProtection?: boolean;

  /**
   * Names of the PostgresPoolers in front of the cluster. They show the cluster's server certificate to their clients,
   * which then holds their host names too, as `sslmode=verify-full` demands. A change renews the certificate without a
   * restart.
   *
   * @default - none
   */
  poolers?: string[];

  /**
   * Labels for all objects, and for the pods, services and volumes that the operator makes of them.
   *
   * @default - none but the recommended ones
   */
  labels?: Record<string, string>;
}
