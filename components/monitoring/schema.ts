import { z } from "zod";
import { BackupMethod } from "../backup/args";
import { scheduleSchema } from "../backup/schema";
import { namespaceName } from "../formats/names";
import { input, refusal, type Fields } from "../contract/schema";
import { DataDurability } from "../postgres/cluster/args/synchronous";
import type {
  AlertPercentages,
  ClusterAlertsArgs,
  MonitoringArgs,
  PoolerAlertsArgs,
  PoolerMonitoringArgs,
  WatchAlertsArgs,
  WatchMonitoringArgs,
} from "./args";
import { AlertSeverity, ClusterAlert, PoolerAlert, WatchAlert } from "./args/alerts";
import { LogicalBackupAlert, type LogicalBackupMonitoringArgs } from "./args/logical-backup";
import type {
  ClusterMonitoringArgs,
  MonitoredBackupArgs,
  MonitoredReplicaArgs,
} from "./cluster-monitoring/args";
import { CONNECTION_USAGE, VOLUME_USAGE } from "./values";

const LEAST_SECONDS = 5;
/** Prometheus drops a series after five minutes; with two, a failed scrape in between does not matter. */
const MOST_SECONDS = 120;

const interval = z
  .string()
  .refine((text) => seconds(text) !== undefined, {
    ...refusal({
      reason: "is not a valid duration in Prometheus",
      remedy: 'Use seconds or minutes, such as "30s" or "1m"',
    }),
    abort: true,
  })
  .refine(
    (text) => within(LEAST_SECONDS, seconds(text), MOST_SECONDS),
    refusal({
      reason:
        "below 5 seconds scrapes are the main load, and above 2 minutes a failed one looks like an outage",
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

/** The defaults are those of the component: a single value must fit the default of the other. */
function percentages(defaults: Required<AlertPercentages>) {
  const fields = {
    warning: percent.optional(),
    critical: percent.optional(),
  } satisfies Fields<AlertPercentages>;
  return z.strictObject(fields).refine(
    ({ warning = defaults.warning, critical = defaults.critical }) => warning < critical,
    refusal({
      reason: `the critical alert would fire no later than the warning (by default ${defaults.warning} and ${defaults.critical} percent)`,
      remedy: "Set `warning` to less than `critical`",
    }),
  );
}

const severity = z.enum(AlertSeverity).exactOptional();

const severities = (alerts: Readonly<Record<string, string>>) =>
  z.strictObject(Object.fromEntries(Object.values(alerts).map((name) => [name, severity])));

const common = {
  interval: interval.optional(),
  labels: z.record(z.string(), z.string()).optional(),
};

const clusterAlerts = z.strictObject({
  enabled: z.boolean().optional(),
  severities: severities(ClusterAlert).optional(),
  replicationLagSeconds: z.int().min(1).max(86_400).optional(),
  archiveDelaySeconds: z.int().min(60).max(86_400).optional(),
  backupAgeHours: z.int().min(1).max(8784).optional(),
  transactionSeconds: z.int().min(60).max(604_800).optional(),
  volumeUsage: percentages(VOLUME_USAGE).optional(),
  connectionUsage: percentages(CONNECTION_USAGE).optional(),
} satisfies Fields<ClusterAlertsArgs>);

const poolerAlerts = z.strictObject({
  enabled: z.boolean().optional(),
  severities: severities(PoolerAlert).optional(),
  waitingSeconds: z.int().min(1).max(3600).optional(),
} satisfies Fields<PoolerAlertsArgs>);

/** The schema of MonitoringArgs. */
export const monitoringSchema = z.strictObject({
  ...common,
  alerts: clusterAlerts.optional(),
} satisfies Fields<MonitoringArgs>);

/** The schema of PoolerMonitoringArgs. */
export const poolerMonitoringSchema = z.strictObject({
  ...common,
  alerts: poolerAlerts.optional(),
} satisfies Fields<PoolerMonitoringArgs>);

/** The schema of WatchMonitoringArgs. */
export const watchMonitoringSchema = z.strictObject({
  ...common,
  alerts: z
    .strictObject({
      enabled: z.boolean().optional(),
      severities: severities(WatchAlert).optional(),
    } satisfies Fields<WatchAlertsArgs>)
    .optional(),
} satisfies Fields<WatchMonitoringArgs>);

/** The schema of LogicalBackupMonitoringArgs. */
export const logicalBackupMonitoringSchema = z.strictObject({
  labels: common.labels,
  severities: severities(LogicalBackupAlert).optional(),
  ageHours: z.int().min(1).max(8784).optional(),
} satisfies Fields<LogicalBackupMonitoringArgs>);

const backup = z.strictObject({
  schedule: scheduleSchema,
  immediate: z.boolean().optional(),
  method: z.enum(BackupMethod).optional(),
} satisfies Fields<MonitoredBackupArgs>);

const replica = z.strictObject({
  streaming: z.boolean().optional(),
  applyDelaySeconds: z.int().min(0).optional(),
} satisfies Fields<MonitoredReplicaArgs>);

/** The schema of ClusterMonitoringArgs. */
export const clusterMonitoringSchema = z.strictObject({
  ...monitoringSchema.shape,
  namespace: input(namespaceName),
  clusterName: z.string(),
  instances: z.int().min(1),
  synchronousReplicas: z.int().min(0).optional(),
  dataDurability: z.enum(DataDurability).optional(),
  backup: backup.optional(),
  replica: replica.optional(),
} satisfies Fields<ClusterMonitoringArgs>);
