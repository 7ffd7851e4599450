import { z } from "zod";
import { scheduleShape } from "./backup-shape";
import { namespaceName } from "./formats";
import { input, refusal } from "./shape";

const LEAST_SECONDS = 5;
/** Prometheus forgets a series after five minutes; two are what a failed scrape in between leaves of it. */
const MOST_SECONDS = 120;

const interval = z
  .string()
  .refine((text) => seconds(text) !== undefined, {
    ...refusal({
      reason: "it is no length of time as Prometheus reads it",
      remedy: 'Give seconds or minutes, such as "30s" or "1m"',
    }),
    abort: true,
  })
  .refine(
    (text) => within(LEAST_SECONDS, seconds(text), MOST_SECONDS),
    refusal({
      reason:
        "under 5 seconds the scrapes are the load, and over 2 minutes one that fails looks like an outage",
      remedy: 'Use "5s" to "2m"; CloudNativePG asks the database every 30 seconds',
    }),
  );

function seconds(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d*)(s|m)$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (unit === "m" ? 60 : 1);
}

function within(least: number, value: number | undefined, most: number): boolean {
  return value !== undefined && value >= least && value <= most;
}

const percent = z.int().min(1).max(99);

/** The defaults are those of the component: one of the two alone has to fit the other's. */
function percentages(defaults: { warning: number; critical: number }) {
  return z.strictObject({ warning: percent.optional(), critical: percent.optional() }).refine(
    ({ warning = defaults.warning, critical = defaults.critical }) => warning < critical,
    refusal({
      reason: `the alert that wakes somebody up would come no later than the warning (by default ${defaults.warning} and ${defaults.critical} percent)`,
      remedy: "Give a `warning` that is less than `critical`",
    }),
  );
}

const severity = z.enum(["critical", "warning", "info", "off"]);

const severities = (names: readonly string[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, severity.optional()])));

/** The names of ClusterAlert. */
export const CLUSTER_ALERTS = [
  "PostgresNoPrimary",
  "PostgresSeveralPrimaries",
  "PostgresInstancesMissing",
  "PostgresLastInstance",
  "PostgresInstanceFenced",
  "PostgresMetricsIncomplete",
  "PostgresStandbyNotStreaming",
  "PostgresReplicationLag",
  "PostgresSynchronousReplicasMissing",
  "PostgresVolumeFillingUp",
  "PostgresVolumeNearlyFull",
  "PostgresConnectionsHigh",
  "PostgresConnectionsNearlyExhausted",
  "PostgresTransactionIdsAging",
  "PostgresTransactionIdWraparound",
  "PostgresDeadlocks",
  "PostgresLongTransaction",
  "PostgresWalArchivingFailing",
  "PostgresWalArchivingBehind",
  "PostgresBackupFailed",
  "PostgresBackupTooOld",
  "PostgresBackupNotRestorable",
  "PostgresNotRecoverable",
] as const;

/** The names of PoolerAlert. */
export const POOLER_ALERTS = [
  "PgBouncerDown",
  "PgBouncerInstancesMissing",
  "PgBouncerClientsWaiting",
  "PgBouncerServerConnectionsExhausted",
  "PgBouncerClientsNearLimit",
] as const;

const common = {
  interval: interval.optional(),
  labels: z.record(z.string(), z.string()).optional(),
};

const clusterAlerts = z.strictObject({
  enabled: z.boolean().optional(),
  severities: severities(CLUSTER_ALERTS).optional(),
  replicationLagSeconds: z.int().min(1).max(86_400).optional(),
  archiveDelaySeconds: z.int().min(60).max(86_400).optional(),
  backupAgeHours: z.int().min(1).max(8784).optional(),
  transactionSeconds: z.int().min(60).max(604_800).optional(),
  volumeUsage: percentages({ warning: 80, critical: 90 }).optional(),
  connectionUsage: percentages({ warning: 80, critical: 95 }).optional(),
});

const poolerAlerts = z.strictObject({
  enabled: z.boolean().optional(),
  severities: severities(POOLER_ALERTS).optional(),
  waitingSeconds: z.int().min(1).max(3600).optional(),
});

/** The shape of MonitoringArgs. */
export const monitoringShape = z.strictObject({ ...common, alerts: clusterAlerts.optional() });

/** The shape of PoolerMonitoringArgs. */
export const poolerMonitoringShape = z.strictObject({ ...common, alerts: poolerAlerts.optional() });

/** The shape of ClusterMonitoringArgs. */
export const clusterMonitoringShape = monitoringShape.extend({
  namespace: input(namespaceName),
  clusterName: z.string(),
  instances: z.int().min(1),
  synchronousReplicas: z.int().min(0).optional(),
  dataDurability: z.enum(["required", "preferred"]).optional(),
  backup: z
    .strictObject({
      schedule: scheduleShape,
      immediate: z.boolean().optional(),
      method: z.enum(["plugin", "volumeSnapshot"]).optional(),
    })
    .optional(),
  replica: z
    .strictObject({
      streaming: z.boolean().optional(),
      applyDelaySeconds: z.int().min(0).optional(),
    })
    .optional(),
});
