/** A cluster of three with backups: all is well, and then it is not. */
import { clusterRuleSpec } from "../../../components/monitoring/alerts/cluster";
import { clusterMonitoringValues } from "../../../components/monitoring/values";
import { always, gone, lately, type AlertCase, type AlertSuite, type Series } from "./suite";

/** The labels that everything of a pod has. */
export const of = (pod: string, more = "") =>
  `{job="shop/orders",namespace="shop",pod="${pod}"${more === "" ? "" : `,${more}`}}`;

const PODS = ["orders-1", "orders-2", "orders-3"];
const PRIMARY = "orders-1";

/** What one instance tells. */
function instance(pod: string): Series {
  const isPrimary = pod === PRIMARY;
  const number = pod.slice(-1);
  const volume = (claim: string) =>
    `{namespace="shop",persistentvolumeclaim="${claim}",node="n${number}"}`;
  return {
    [`cnpg_collector_up${of(pod, 'cluster="orders"')}`]: always(1),
    [`cnpg_collector_fencing_on${of(pod)}`]: always(0),
    [`cnpg_collector_last_collection_error${of(pod)}`]: always(0),
    [`cnpg_last_error${of(pod)}`]: always(0),
    [`cnpg_pg_replication_in_recovery${of(pod)}`]: always(isPrimary ? 0 : 1),
    [`cnpg_pg_replication_is_wal_receiver_up${of(pod)}`]: always(isPrimary ? 0 : 1),
    [`cnpg_pg_replication_lag${of(pod)}`]: always(0),
    [`cnpg_backends_total${of(pod, 'usename="app",datname="app",state="idle"')}`]: always(50),
    [`cnpg_backends_total${of(pod, 'usename="streaming_replica",datname="",state="active"')}`]:
      always(90),
    [`cnpg_backends_max_tx_duration_seconds${of(pod, 'usename="app",datname="app",state="active"')}`]:
      always(3),
    [`cnpg_pg_settings_setting${of(pod, 'name="max_connections"')}`]: always(100),
    [`cnpg_pg_database_xid_age${of(pod, 'datname="app"')}`]: always(199_000_000),
    [`cnpg_pg_database_mxid_age${of(pod, 'datname="app"')}`]: always(1),
    [`cnpg_pg_stat_database_deadlocks${of(pod, 'datname="app"')}`]: always(7),
    [`cnpg_collector_pg_wal_archive_status${of(pod, 'value="ready"')}`]: always(isPrimary ? 1 : 0),
    [`kubelet_volume_stats_available_bytes${volume(pod)}`]: always(50),
    [`kubelet_volume_stats_capacity_bytes${volume(pod)}`]: always(100),
    [`kubelet_volume_stats_available_bytes${volume(`${pod}-wal`)}`]: always(30),
    [`kubelet_volume_stats_capacity_bytes${volume(`${pod}-wal`)}`]: always(100),
    // Of a time that begins at 0.
    [`barman_cloud_cloudnative_pg_io_first_recoverability_point${of(pod)}`]: always(60),
    [`barman_cloud_cloudnative_pg_io_last_available_backup_timestamp${of(pod)}`]: always(60),
    [`barman_cloud_cloudnative_pg_io_last_failed_backup_timestamp${of(pod)}`]: always(0),
    ...(isPrimary && primaryOnly(pod)),
  };
}

function primaryOnly(pod: string): Series {
  const stream = (name: string) => of(pod, `application_name="${name}"`);
  return {
    [`cnpg_pg_stat_replication_replay_diff_bytes${stream("orders-2")}`]: always(0),
    [`cnpg_pg_stat_replication_replay_diff_bytes${stream("orders-3")}`]: always(0),
    [`cnpg_pg_stat_replication_replay_diff_bytes${stream("debezium")}`]: always(0),
    [`cnpg_pg_stat_archiver_last_archived_time${of(pod)}`]: always(60),
    [`cnpg_pg_stat_archiver_last_failed_time${of(pod)}`]: always(-1),
    [`cnpg_pg_stat_archiver_seconds_since_last_archival${of(pod)}`]: always(200),
  };
}

/** Three instances, and nothing wrong with them. */
export const HEALTHY: Series = Object.assign({}, ...PODS.map(instance)) as Series;

/** Every series of some pods, as they were until an hour ago. */
function lost(...pods: string[]): Series {
  const theirs = Object.keys(HEALTHY).filter((name) =>
    pods.some((pod) => name.includes(`pod="${pod}"`)),
  );
  return Object.fromEntries(
    theirs.map((name) => [name, gone(Number(/^-?\d+/.exec(HEALTHY[name] ?? "")?.[0]))]),
  );
}

const streams = (pod: string) =>
  `cnpg_pg_stat_replication_replay_diff_bytes${of(PRIMARY, `application_name="${pod}"`)}`;
const backup = (name: string, value: string) =>
  Object.fromEntries(
    PODS.map((pod) => [`barman_cloud_cloudnative_pg_io_${name}${of(pod)}`, value]),
  );

const archived = (values: string) => ({
  [`cnpg_pg_stat_archiver_last_archived_time${of(PRIMARY)}`]: values,
});

const cases: Record<string, AlertCase> = {
  "all is well": { changed: {}, firing: {} },
  "a replica is lost": {
    changed: { ...lost("orders-3"), [streams("orders-3")]: gone(0) },
    firing: { PostgresInstancesMissing: 1 },
  },
  "both replicas are lost": {
    changed: {
      ...lost("orders-2", "orders-3"),
      [streams("orders-2")]: gone(0),
      [streams("orders-3")]: gone(0),
    },
    firing: {
      PostgresInstancesMissing: 1,
      PostgresLastInstance: 1,
      PostgresSynchronousReplicasMissing: 1,
    },
  },
  "nothing is left": {
    changed: lost(...PODS),
    firing: { PostgresInstancesMissing: 1, PostgresLastInstance: 1, PostgresNoPrimary: 1 },
  },
  "the primary is lost and nobody follows": {
    changed: lost("orders-1"),
    firing: { PostgresInstancesMissing: 1, PostgresNoPrimary: 1 },
  },
  "the primary is fenced, and its exporter repeats what it knew": {
    changed: { [`cnpg_collector_fencing_on${of("orders-1")}`]: lately(0, 1) },
    firing: { PostgresInstanceFenced: 1, PostgresInstancesMissing: 1, PostgresNoPrimary: 1 },
  },
  "two take writes": {
    changed: {
      [`cnpg_pg_replication_in_recovery${of("orders-2")}`]: lately(1, 0),
    },
    firing: { PostgresSeveralPrimaries: 1 },
  },
  "a replica is cut off from the primary": {
    changed: {
      [`cnpg_pg_replication_is_wal_receiver_up${of("orders-2")}`]: lately(1, 0),
      [`cnpg_pg_replication_lag${of("orders-2")}`]: lately(0, 3600),
      [streams("orders-2")]: gone(0),
    },
    firing: { PostgresStandbyNotStreaming: 1 },
  },
  "a replica replays too slowly": {
    changed: { [`cnpg_pg_replication_lag${of("orders-2")}`]: lately(0, 61) },
    firing: { PostgresReplicationLag: 1 },
  },
  "metrics fail, of the collector and of a query": {
    changed: {
      [`cnpg_collector_last_collection_error${of("orders-2")}`]: lately(0, 1),
      [`cnpg_last_error${of("orders-2")}`]: lately(0, 1),
      [`cnpg_last_error${of("orders-3")}`]: lately(0, 1),
    },
    firing: { PostgresMetricsIncomplete: 2 },
  },
  "a WAL volume fills up": {
    changed: {
      'kubelet_volume_stats_available_bytes{namespace="shop",persistentvolumeclaim="orders-2-wal",node="n2"}':
        lately(30, 15),
    },
    firing: { PostgresVolumeFillingUp: 1 },
  },
  "a volume is nearly full, and others of similar names are none of ours": {
    changed: {
      'kubelet_volume_stats_available_bytes{namespace="shop",persistentvolumeclaim="orders-2",node="n2"}':
        lately(50, 5),
      'kubelet_volume_stats_available_bytes{namespace="shop",persistentvolumeclaim="orders-eu-1",node="n2"}':
        always(1),
      'kubelet_volume_stats_capacity_bytes{namespace="shop",persistentvolumeclaim="orders-eu-1",node="n2"}':
        always(100),
      'kubelet_volume_stats_available_bytes{namespace="other",persistentvolumeclaim="orders-1",node="n2"}':
        always(1),
      'kubelet_volume_stats_capacity_bytes{namespace="other",persistentvolumeclaim="orders-1",node="n2"}':
        always(100),
    },
    firing: { PostgresVolumeFillingUp: 1, PostgresVolumeNearlyFull: 1 },
  },
  "connections run out": {
    changed: {
      [`cnpg_backends_total${of("orders-1", 'usename="app",datname="app",state="idle"')}`]: lately(
        50,
        96,
      ),
    },
    firing: { PostgresConnectionsHigh: 1, PostgresConnectionsNearlyExhausted: 1 },
  },
  "vacuum does not keep up, of either kind of ids": {
    changed: {
      [`cnpg_pg_database_xid_age${of("orders-1", 'datname="app"')}`]: always(600_000_000),
      [`cnpg_pg_database_mxid_age${of("orders-1", 'datname="log"')}`]: always(1_300_000_000),
    },
    firing: { PostgresTransactionIdsAging: 2, PostgresTransactionIdWraparound: 1 },
  },
  "deadlocks in a row": {
    changed: {
      [`cnpg_pg_stat_database_deadlocks${of("orders-1", 'datname="app"')}`]: "7x59 8+1x200",
    },
    firing: { PostgresDeadlocks: 1 },
  },
  "a transaction that nobody ends": {
    changed: {
      [`cnpg_backends_max_tx_duration_seconds${of("orders-2", 'usename="app",datname="app",state="active"')}`]:
        lately(3, 4000),
    },
    firing: { PostgresLongTransaction: 1 },
  },
  "the store refuses WAL": {
    changed: { [`cnpg_pg_stat_archiver_last_failed_time${of(PRIMARY)}`]: lately(-1, 3600) },
    firing: { PostgresWalArchivingFailing: 1 },
  },
  "archiving hangs": {
    changed: {
      [`cnpg_pg_stat_archiver_seconds_since_last_archival${of(PRIMARY)}`]: lately(200, 901),
    },
    firing: { PostgresWalArchivingBehind: 1 },
  },
  "archiving has never worked": {
    changed: { [`cnpg_pg_stat_archiver_seconds_since_last_archival${of(PRIMARY)}`]: always(-1) },
    firing: { PostgresWalArchivingBehind: 1 },
  },
  "an idle database archives nothing": {
    changed: {
      [`cnpg_pg_stat_archiver_seconds_since_last_archival${of(PRIMARY)}`]: always(86_400),
      [`cnpg_collector_pg_wal_archive_status${of(PRIMARY, 'value="ready"')}`]: always(0),
    },
    firing: {},
  },
  "a backup fails": {
    changed: backup("last_failed_backup_timestamp", lately(0, 3600)),
    firing: { PostgresBackupFailed: 1 },
  },
  "a backup succeeds after one that failed": {
    changed: {
      ...backup("last_failed_backup_timestamp", lately(0, 3600)),
      ...backup("last_available_backup_timestamp", lately(60, 3700)),
      ...archived(lately(60, 3701)),
    },
    firing: {},
  },
  "a backup of a replica is complete, and then nothing is written": {
    changed: backup("last_available_backup_timestamp", lately(60, 3700)),
    firing: { PostgresBackupNotRestorable: 1 },
  },
  "a backup of a replica is complete, and its WAL is archived within the hour": {
    changed: {
      ...backup("last_available_backup_timestamp", lately(60, 3700)),
      ...archived("60x69 4200x2400"),
    },
    firing: {},
  },
  "the primary fails over after a backup, and has archived nothing yet": {
    changed: archived("60x109 -1x2400"),
    firing: {},
  },
};

export const cluster: AlertSuite = {
  rules: clusterRuleSpec(
    clusterMonitoringValues({
      namespace: "shop",
      clusterName: "orders",
      instances: 3,
      synchronousReplicas: 1,
      backup: { schedule: "0 0 2 * * *" },
    }),
    "shop",
  ),
  hours: 2,
  healthy: HEALTHY,
  cases,
};
