import * as pulumi from "@pulumi/pulumi";
import {
  ClusterMonitoring,
  PoolMode,
  PostgresCluster,
  PostgresPooler,
  RecoveryCluster,
  ReplicaCluster,
} from "../../../../components";
import { AWS, ELSEWHERE } from "../../support/backup-fixtures";
import { MONITORED } from "../../support/monitoring-fixtures";
import { refused } from "../../support/refusal";

/** Arguments as a program in JavaScript or YAML may give them, over the required ones. */
type Anything = Record<string, unknown>;

const CLUSTER = { namespace: "shop", storage: { size: "100Gi" } };
const POOLER = {
  namespace: "shop",
  cluster: "orders",
  poolMode: PoolMode.Session,
  maxConnections: 100,
};
const RECOVERY = {
  ...CLUSTER,
  source: { store: ELSEWHERE, serverName: "orders-00c0ffee" },
  database: { name: "orders", owner: "sales" },
};

const COMPONENTS = {
  cluster: (args: Anything) => new PostgresCluster("orders", { ...CLUSTER, ...args }),
  recovery: (args: Anything) => new RecoveryCluster("orders", { ...RECOVERY, ...args }),
  replica: (args: Anything) => new ReplicaCluster("orders", { ...RECOVERY, ...args }),
  pooler: (args: Anything) => new PostgresPooler("orders-pooler", { ...POOLER, ...args }),
  monitoring: (args: Anything) => new ClusterMonitoring("legacy", { ...MONITORED, ...args }),
};

/** A component, arguments, and all of its violations: `path: value: reason. remedy.` */
type Mistake = [component: keyof typeof COMPONENTS, args: Anything, ...refused: string[]];

const monitoring = (wrong: Anything): Anything => ({ monitoring: wrong });
const alerts = (wrong: Anything): Anything => monitoring({ alerts: wrong });

const SECONDS =
  'is not a valid duration in Prometheus. Use seconds or minutes, such as "30s" or "1m".';
const RANGE =
  "below 5 seconds scrapes are the main load, and above 2 minutes a failed one looks like an outage. " +
  'Use "5s" to "2m"; CloudNativePG asks the database every 30 seconds.';
const SEVERITY = 'is not a valid value. Use one of "critical", "warning", "info", "off".';
const LABEL =
  "labels of this domain are set by this component, by the operator or by Kubernetes. " +
  "Use a label of your own domain, such as example.com/team.";
const NO_BACKUPS = "has no effect: the cluster has no backups. Declare `backup`, or remove it.";

const mistakes: Record<string, Mistake> = {
  "true instead of an object": [
    "cluster",
    { monitoring: true },
    "monitoring: true: must be an object. Give an object.",
  ],
  "an interval without a unit": [
    "cluster",
    monitoring({ interval: "30" }),
    `monitoring.interval: "30": ${SECONDS}`,
  ],
  "an interval as a number": [
    "pooler",
    monitoring({ interval: 30 }),
    "monitoring.interval: 30: must be a string. Give a string.",
  ],
  "an interval in Go's format": [
    "pooler",
    monitoring({ interval: "1m30s" }),
    `monitoring.interval: "1m30s": ${SECONDS}`,
  ],
  "an interval of every second": [
    "cluster",
    monitoring({ interval: "1s" }),
    `monitoring.interval: "1s": ${RANGE}`,
  ],
  "an interval of five minutes": ["monitoring", { interval: "5m" }, `interval: "5m": ${RANGE}`],
  "CloudNativePG's own switch": [
    "cluster",
    monitoring({ enablePodMonitor: true }),
    'monitoring.enablePodMonitor: "[not shown]": is not an argument, and would do nothing. Remove it; there are interval, labels, alerts.',
  ],
  "a misspelt threshold": [
    "cluster",
    alerts({ replicationLagSecond: 5 }),
    'monitoring.alerts.replicationLagSecond: "[not shown]": is not an argument, and would do nothing. Did you mean `replicationLagSeconds`? If not, remove it.',
  ],
  "a threshold of a pooler for a cluster": [
    "cluster",
    alerts({ waitingSeconds: 5 }),
    'monitoring.alerts.waitingSeconds: "[not shown]": is not an argument, and would do nothing. Remove it; there are enabled, severities, replicationLagSeconds, archiveDelaySeconds, backupAgeHours, transactionSeconds, volumeUsage, connectionUsage.',
  ],
  "no lag at all": [
    "cluster",
    alerts({ replicationLagSeconds: 0 }),
    "monitoring.alerts.replicationLagSeconds: 0: must be at least 1. Use 1 or more.",
  ],
  "a lag of days": [
    "replica",
    alerts({ replicationLagSeconds: 100_000 }),
    "monitoring.alerts.replicationLagSeconds: 100000: must be at most 86400. Use 86400 or less.",
  ],
  "half a second": [
    "cluster",
    alerts({ transactionSeconds: 60.5 }),
    "monitoring.alerts.transactionSeconds: 60.5: must be a whole number. Give a whole number.",
  ],
  "a percentage as a fraction": [
    "cluster",
    alerts({ volumeUsage: { warning: 0.8 } }),
    "monitoring.alerts.volumeUsage.warning: 0.8: must be a whole number. Give a whole number.",
  ],
  "a full volume": [
    "cluster",
    alerts({ volumeUsage: { critical: 100 } }),
    "monitoring.alerts.volumeUsage.critical: 100: must be at most 99. Use 99 or less.",
  ],
  "a warning above the critical share": [
    "cluster",
    alerts({ volumeUsage: { warning: 95, critical: 90 } }),
    'monitoring.alerts.volumeUsage: {"warning":95,"critical":90}: the critical alert would fire no later than the warning (by default 80 and 90 percent). Set `warning` to less than `critical`.',
  ],
  "a warning above the default critical share": [
    "monitoring",
    { alerts: { connectionUsage: { warning: 95 } } },
    'alerts.connectionUsage: {"warning":95}: the critical alert would fire no later than the warning (by default 80 and 95 percent). Set `warning` to less than `critical`.',
  ],
  "an unknown severity": [
    "cluster",
    alerts({ severities: { PostgresDeadlocks: "page" } }),
    `monitoring.alerts.severities.PostgresDeadlocks: "page": ${SEVERITY}`,
  ],
  "a severity for an unknown alert": [
    "cluster",
    alerts({ severities: { PostgresDeadlock: "off" } }),
    'monitoring.alerts.severities.PostgresDeadlock: "[not shown]": is not an argument, and would do nothing. Did you mean `PostgresDeadlocks`? If not, remove it.',
  ],
  "a cluster's alert for a pooler": [
    "pooler",
    alerts({ severities: { PostgresNoPrimary: "off" } }),
    'monitoring.alerts.severities.PostgresNoPrimary: "[not shown]": is not an argument, and would do nothing. Remove it; there are PgBouncerDown, PgBouncerInstancesMissing, PgBouncerClientsWaiting, PgBouncerServerConnectionsExhausted, PgBouncerClientsNearLimit.',
  ],
  "no waiting time at all": [
    "pooler",
    alerts({ waitingSeconds: 0 }),
    "monitoring.alerts.waitingSeconds: 0: must be at least 1. Use 1 or more.",
  ],
  "a recommended label": [
    "cluster",
    monitoring({ labels: { "app.kubernetes.io/name": "prometheus" } }),
    `monitoring.labels["app.kubernetes.io/name"]: "prometheus": ${LABEL}`,
  ],
  "a label that Kubernetes rejects": [
    "pooler",
    monitoring({ labels: { release: "kube prometheus" } }),
    'monitoring.labels.release: "kube prometheus": is not a valid label in Kubernetes. Use up to 63 letters, digits, `-`, `_` and `.`, with a letter or digit first and last.',
  ],
  "a label of the operator's": [
    "monitoring",
    { labels: { "cnpg.io/cluster": "orders" } },
    `labels["cnpg.io/cluster"]: "orders": ${LABEL}`,
  ],
  "the age of backups without backups": [
    "cluster",
    alerts({ backupAgeHours: 26 }),
    `monitoring.alerts.backupAgeHours: 26: ${NO_BACKUPS}`,
  ],
  "the delay of an archive without backups": [
    "recovery",
    alerts({ archiveDelaySeconds: 600 }),
    `monitoring.alerts.archiveDelaySeconds: 600: ${NO_BACKUPS}`,
  ],
  "an age that daily backups reach every day": [
    "cluster",
    { backup: { store: AWS }, ...alerts({ backupAgeHours: 24 }) },
    "monitoring.alerts.backupAgeHours: 24: with the schedule `0 0 2 * * *` up to 24 hours pass between two backups, and the alert " +
      "would fire without a fault. Use 25 or more, and leave time for the backup itself, or take backups more often.",
  ],
  "an age that every weekend reaches": [
    "monitoring",
    { backup: { schedule: "0 30 1 * * MON-FRI" }, alerts: { backupAgeHours: 26 } },
    "alerts.backupAgeHours: 26: with the schedule `0 30 1 * * MON-FRI` up to 72 hours pass between two backups, and the alert " +
      "would fire without a fault. Use 73 or more, and leave time for the backup itself, or take backups more often.",
  ],
  "a schedule of five fields": [
    "monitoring",
    { backup: { schedule: "0 2 * * *" } },
    'backup.schedule: "0 2 * * *": must have six fields: CloudNativePG reads the first of five as seconds too, and runs at other times than intended. Write "0 0 2 * * *": the seconds come first.',
  ],
  "a cluster without instances": [
    "monitoring",
    { instances: 0 },
    "instances: 0: must be at least 1. Use 1 or more.",
  ],
  "an invalid name of a cluster": [
    "monitoring",
    { clusterName: "Orders.*" },
    'clusterName: "Orders.*": must be a DNS label: the services of the cluster are named after it. Set clusterName (by default the component\'s name) to lower-case letters, digits and dashes, a letter first.',
  ],
  "thresholds that are outputs": [
    "cluster",
    alerts({ transactionSeconds: pulumi.output(60) }),
    'monitoring.alerts.transactionSeconds: "[Output]": must be a plain value: an output is known only during the deployment, too late to be validated. Give a plain value here, from the stack\'s configuration for example.',
  ],
};

describe("Monitoring refuses", () => {
  test.each(Object.entries(mistakes))("%s", async (_, [component, args, ...expected]) => {
    const { violations, registered } = await refused(() => COMPONENTS[component](args));
    expect(violations).toEqual(expected);
    expect(registered).toEqual([]);
  });

  test("all mistakes at once", async () => {
    const { violations, registered } = await refused(() =>
      COMPONENTS.cluster({
        instances: 0,
        monitoring: {
          interval: "1h",
          labels: { "cnpg.io/cluster": "x" },
          alerts: { backupAgeHours: 5, volumeUsage: { warning: 99 } },
        },
      }),
    );
    expect(violations.map((text) => text.slice(0, text.indexOf(": "))).sort()).toEqual([
      "instances",
      "monitoring.alerts.backupAgeHours",
      "monitoring.alerts.volumeUsage",
      "monitoring.interval",
      'monitoring.labels["cnpg.io/cluster"]',
    ]);
    expect(registered).toEqual([]);
  });

  test.each([undefined, null, 5, "orders", []])("%p as arguments", async (args) => {
    const { violations, registered } = await refused(
      () => new ClusterMonitoring("x", args as never),
    );
    expect(violations[0]).toMatch(/^args: /);
    expect(registered).toEqual([]);
  });
});
