/** What the alerts about other clusters than the usual one find, and those about poolers. */
import { BackupMethod, DataDurability } from "../../../components";
import { clusterRuleSpec } from "../../../components/monitoring/alerts/cluster";
import type { ClusterMonitoringArgs } from "../../../components/monitoring/cluster-monitoring/args";
import { clusterMonitoringValues } from "../../../components/monitoring/values";
import { poolerRuleSpec } from "../../../components/monitoring/alerts/pooler";
import { watchRuleSpec } from "../../../components/monitoring/alerts/watch";
import { HEALTHY, of } from "./cluster";
import { dumps } from "./dumps";
import { always, gone, lately, type AlertSuite } from "./suite";

const rules = (args: Partial<ClusterMonitoringArgs>) =>
  clusterRuleSpec(
    clusterMonitoringValues({ namespace: "shop", clusterName: "orders", instances: 3, ...args }),
    "shop",
  );

const PODS = ["orders-1", "orders-2", "orders-3"];
const onAll = (name: string, values: string) =>
  Object.fromEntries(PODS.map((pod) => [`${name}${of(pod)}`, values]));
const onOne = (name: string, pod: string, values: string) => ({ [`${name}${of(pod)}`]: values });

/** Commits that go on without a replica. */
const preferred: AlertSuite = {
  rules: rules({ synchronousReplicas: 1, dataDurability: DataDurability.Preferred }),
  hours: 2,
  healthy: {
    ...HEALTHY,
    [`cnpg_collector_sync_replicas${of("orders-1", 'value="observed"')}`]: always(1),
    // What it was told when it was the primary, which nobody takes back.
    [`cnpg_collector_sync_replicas${of("orders-2", 'value="observed"')}`]: always(0),
  },
  cases: {
    "commits wait for a replica": { changed: {}, firing: {} },
    "commits wait for none": {
      changed: {
        [`cnpg_collector_sync_replicas${of("orders-1", 'value="observed"')}`]: lately(1, 0),
      },
      firing: { PostgresSynchronousReplicasMissing: 1 },
    },
  },
};

/** Nobody takes writes, and the designated primary has no receiver. */
const following = {
  ...HEALTHY,
  ...onAll("cnpg_pg_replication_in_recovery", always(1)),
  // The source is idle: what was replayed last is of yesterday.
  ...onOne("cnpg_pg_replication_lag", "orders-1", always(86_400)),
};

const byArchive: AlertSuite = {
  rules: rules({ replica: {} }),
  hours: 2,
  healthy: following,
  cases: {
    "a replica cluster reads the archive": { changed: {}, firing: {} },
    "one of its others is cut off": {
      changed: onOne("cnpg_pg_replication_is_wal_receiver_up", "orders-2", lately(1, 0)),
      firing: { PostgresStandbyNotStreaming: 1 },
    },
  },
};

const byStream: AlertSuite = {
  rules: rules({ replica: { streaming: true, applyDelaySeconds: 600 } }),
  hours: 2,
  healthy: {
    ...following,
    ...onOne("cnpg_pg_replication_is_wal_receiver_up", "orders-1", always(1)),
    ...onOne("cnpg_pg_replication_lag", "orders-1", always(630)),
  },
  cases: {
    "a replica cluster stays behind on purpose": { changed: {}, firing: {} },
    "and further than that": {
      changed: onOne("cnpg_pg_replication_lag", "orders-1", lately(630, 661)),
      firing: { PostgresReplicationLag: 1 },
    },
    "the source is cut off": {
      changed: onOne("cnpg_pg_replication_is_wal_receiver_up", "orders-1", lately(1, 0)),
      firing: { PostgresStandbyNotStreaming: 1 },
    },
  },
};

const PLUGIN = "barman_cloud_cloudnative_pg_io";

/** Long enough for a daily backup to be missed. */
const daily: AlertSuite = {
  rules: rules({ backup: { schedule: "0 0 2 * * *" } }),
  hours: 30,
  healthy: {
    ...HEALTHY,
    ...onAll(`${PLUGIN}_last_available_backup_timestamp`, lately(60, 18_000)),
    ...onOne("cnpg_pg_stat_archiver_last_archived_time", "orders-1", lately(60, 18_001)),
  },
  cases: {
    "the last backup is a day old": { changed: {}, firing: {} },
    "the last backup is 30 hours old": {
      changed: onAll(`${PLUGIN}_last_available_backup_timestamp`, always(60)),
      firing: { PostgresBackupTooOld: 1 },
    },
    "there has never been one": {
      changed: {
        ...onAll(`${PLUGIN}_last_available_backup_timestamp`, always(0)),
        ...onAll(`${PLUGIN}_first_recoverability_point`, always(0)),
      },
      firing: { PostgresNotRecoverable: 1 },
    },
    "the first one is of a replica, and nothing was written after it": {
      changed: {
        ...onAll(`${PLUGIN}_last_available_backup_timestamp`, always(18_000)),
        ...onAll(`${PLUGIN}_first_recoverability_point`, always(18_000)),
        ...onOne("cnpg_pg_stat_archiver_last_archived_time", "orders-1", always(17_999)),
      },
      firing: { PostgresNotRecoverable: 1, PostgresBackupNotRestorable: 1 },
    },
    "nobody knows what is archived, since there is no primary": {
      changed: onOne("cnpg_pg_stat_archiver_last_archived_time", "orders-1", gone(60)),
      firing: {},
    },
    "the plugin tells nothing": {
      changed: {
        ...onAll(`${PLUGIN}_last_available_backup_timestamp`, gone(60)),
        ...onAll(`${PLUGIN}_last_failed_backup_timestamp`, gone(0)),
        ...onAll(`${PLUGIN}_first_recoverability_point`, gone(60)),
      },
      firing: { PostgresNotRecoverable: 1 },
    },
  },
};

/** Of which the operator tells, on the primary only, and the plugin knows nothing. */
const snapshots: AlertSuite = {
  rules: rules({ backup: { schedule: "@every 12h", method: BackupMethod.VolumeSnapshot } }),
  hours: 14,
  healthy: {
    ...HEALTHY,
    ...onAll(`${PLUGIN}_first_recoverability_point`, always(0)),
    ...onAll(`${PLUGIN}_last_available_backup_timestamp`, always(0)),
    ...onAll("cnpg_collector_last_available_backup_timestamp", always(0)),
    ...onOne("cnpg_collector_last_available_backup_timestamp", "orders-1", lately(60, 7200)),
    ...onOne("cnpg_collector_first_recoverability_point", "orders-1", always(60)),
  },
  cases: {
    "the last snapshot is of this half-day": { changed: {}, firing: {} },
    "the last snapshot is 14 hours old": {
      changed: onOne("cnpg_collector_last_available_backup_timestamp", "orders-1", always(60)),
      firing: { PostgresBackupTooOld: 1 },
    },
  },
};

const ofPooler = (pod: string, more = "") =>
  `{job="shop/orders-pooler",namespace="shop",pod="${pod}"${more}}`;
const PAIR = ',database="app",user="app"';

const pooler: AlertSuite = {
  rules: poolerRuleSpec(
    {
      poolerName: "orders-pooler",
      instances: 2,
      parameters: {
        default_pool_size: "40",
        reserve_pool_size: "10",
        max_db_connections: "50",
        max_client_conn: "1000",
      },
      alerts: { severities: {}, waitingSeconds: 5 },
    },
    "shop",
  ),
  hours: 2,
  healthy: Object.fromEntries(
    ["pooler-a", "pooler-b"].flatMap((pod) => [
      [`cnpg_pgbouncer_last_collection_error${ofPooler(pod)}`, always(0)],
      [`cnpg_pgbouncer_lists_used_clients${ofPooler(pod)}`, always(800)],
      [`cnpg_pgbouncer_pools_maxwait${ofPooler(pod, PAIR)}`, always(5)],
      [`cnpg_pgbouncer_pools_sv_active${ofPooler(pod, PAIR)}`, always(49)],
    ]),
  ),
  cases: {
    "the pooler is busy": { changed: {}, firing: {} },
    "one of its pods is lost": {
      changed: { [`cnpg_pgbouncer_last_collection_error${ofPooler("pooler-a")}`]: gone(0) },
      firing: { PgBouncerInstancesMissing: 1 },
    },
    "all of its pods are lost": {
      changed: {
        [`cnpg_pgbouncer_last_collection_error${ofPooler("pooler-a")}`]: gone(0),
        [`cnpg_pgbouncer_last_collection_error${ofPooler("pooler-b")}`]: lately(0, 1),
      },
      firing: { PgBouncerDown: 1, PgBouncerInstancesMissing: 1 },
    },
    "clients wait for server connections, all of which are in use": {
      changed: {
        [`cnpg_pgbouncer_pools_maxwait${ofPooler("pooler-a", PAIR)}`]: lately(0, 6),
        [`cnpg_pgbouncer_pools_sv_active${ofPooler("pooler-a", PAIR)}`]: lately(40, 50),
      },
      firing: { PgBouncerClientsWaiting: 1, PgBouncerServerConnectionsExhausted: 1 },
    },
    "more clients come than there is room for": {
      changed: { [`cnpg_pgbouncer_lists_used_clients${ofPooler("pooler-b")}`]: lately(10, 900) },
      firing: { PgBouncerClientsNearLimit: 1 },
    },
  },
};

const WATCHERS = ["watch-a", "watch-b", "watch-c"];
const ofWatcher = (pod: string, more = "") =>
  `{job="watch/watch",namespace="watch",pod="${pod}"${more === "" ? "" : `,${more}`}}`;
const WATCHED = 'exported_namespace="shop",cluster="orders"';
const byAll = (name: string, values: string, more = "") =>
  Object.fromEntries(WATCHERS.map((pod) => [`${name}${ofWatcher(pod, more)}`, values]));

const watch: AlertSuite = {
  rules: watchRuleSpec({ watchName: "watch", alerts: { severities: {} } }, "watch"),
  hours: 2,
  healthy: {
    ...byAll("ha_postgres_watch_watchers", always(3)),
    ...byAll("ha_postgres_watch_unseen_instances", always(0), WATCHED),
    ...byAll("ha_postgres_watch_primary_silent_seconds", always(0), WATCHED),
  },
  cases: {
    "all watchers see all instances": { changed: {}, firing: {} },
    "one has deleted a primary five minutes ago": {
      changed: {
        [`ha_postgres_watch_last_deletion_timestamp_seconds${ofWatcher("watch-a", WATCHED)}`]:
          always(6900),
      },
      firing: { PrimaryWatchActed: 1 },
    },
    "one has deleted a primary half an hour ago": {
      changed: {
        [`ha_postgres_watch_last_deletion_timestamp_seconds${ofWatcher("watch-a", WATCHED)}`]:
          always(5400),
      },
      firing: {},
    },
    "a silent primary is left alone": {
      changed: byAll(
        "ha_postgres_watch_primary_left_alone",
        lately(0, 1),
        `${WATCHED},reason="a maintenance window is open"`,
      ),
      firing: { PrimaryWatchLeavesAlone: 1 },
    },
    "a NetworkPolicy keeps one watcher out": {
      changed: {
        [`ha_postgres_watch_unseen_instances${ofWatcher("watch-b", WATCHED)}`]: lately(0, 3),
      },
      firing: { PrimaryWatchCannotSee: 1 },
    },
    "one watcher says no more": {
      changed: byAll("ha_postgres_watch_watchers", lately(3, 2)),
      firing: { PrimaryWatchTooFewWatchers: 1 },
    },
    "all are gone": {
      changed: byAll("ha_postgres_watch_watchers", gone(3)),
      firing: { PrimaryWatchTooFewWatchers: 1 },
    },
  },
};

/** By name. */
export const variants = { preferred, byArchive, byStream, daily, snapshots, pooler, watch, dumps };
