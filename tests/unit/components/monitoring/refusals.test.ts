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

/** Arguments as a program in JavaScript or YAML may give them, over the least that is needed. */
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

/** A component, arguments, and all that it is refused with: `path: value: reason. remedy.` */
type Mistake = [component: keyof typeof COMPONENTS, args: Anything, ...refused: string[]];

const monitoring = (wrong: Anything): Anything => ({ monitoring: wrong });
const alerts = (wrong: Anything): Anything => monitoring({ alerts: wrong });

const SECONDS =
  'it is no length of time as Prometheus reads it. Give seconds or minutes, such as "30s" or "1m".';
const RANGE =
  "under 5 seconds the scrapes are the load, and over 2 minutes one that fails looks like an outage. " +
  'Use "5s" to "2m"; CloudNativePG asks the database every 30 seconds.';
const SEVERITY =
  'it is none of the values this can have. Use one of "critical", "warning", "info", "off".';
const LABEL =
  "labels of this domain are set by this component, by the operator or by Kubernetes. " +
  "Use a label of your own domain, such as example.com/team.";
const NO_BACKUPS =
  "the cluster has no backups, so there is no such alert. Declare `backup`, or remove it.";

const mistakes: Record<string, Mistake> = {
  "true for monitoring": [
    "cluster",
    { monitoring: true },
    "monitoring: true: it has to be of type object. Give an object.",
  ],
  "an interval without a unit": [
    "cluster",
    monitoring({ interval: "30" }),
    `monitoring.interval: "30": ${SECONDS}`,
  ],
  "an interval as a number": [
    "pooler",
    monitoring({ interval: 30 }),
    "monitoring.interval: 30: it has to be of type string. Give a string.",
  ],
  "an interval of Go's": [
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
    'monitoring.enablePodMonitor: "[not shown]": there is no such argument, and it would do nothing. Remove it; there are interval, labels, alerts.',
  ],
  "a misspelt threshold": [
    "cluster",
    alerts({ replicationLagSecond: 5 }),
    'monitoring.alerts.replicationLagSecond: "[not shown]": there is no such argument, and it would do nothing. Did you mean `replicationLagSeconds`? If not, remove it.',
  ],
  "a threshold of a pooler for a cluster": [
    "cluster",
    alerts({ waitingSeconds: 5 }),
    'monitoring.alerts.waitingSeconds: "[not shown]": there is no such argument, and it would do nothing. Remove it; there are enabled, severities, replicationLagSeconds, archiveDelaySeconds, backupAgeHours, transactionSeconds, volumeUsage, connectionUsage.',
  ],
  "no lag at all": [
    "cluster",
    alerts({ replicationLagSeconds: 0 }),
    "monitoring.alerts.replicationLagSeconds: 0: it is below the least that is possible, 1. Use 1 or more.",
  ],
  "a lag of days": [
    "replica",
    alerts({ replicationLagSeconds: 100_000 }),
    "monitoring.alerts.replicationLagSeconds: 100000: it is above the most that is possible, 86400. Use 86400 or less.",
  ],
  "half a second": [
    "cluster",
    alerts({ transactionSeconds: 60.5 }),
    "monitoring.alerts.transactionSeconds: 60.5: it has to be of type whole number. Give a whole number.",
  ],
  "a percentage as a share": [
    "cluster",
    alerts({ volumeUsage: { warning: 0.8 } }),
    "monitoring.alerts.volumeUsage.warning: 0.8: it has to be of type whole number. Give a whole number.",
  ],
  "a full volume": [
    "cluster",
    alerts({ volumeUsage: { critical: 100 } }),
    "monitoring.alerts.volumeUsage.critical: 100: it is above the most that is possible, 99. Use 99 or less.",
  ],
  "a warning after the alarm": [
    "cluster",
    alerts({ volumeUsage: { warning: 95, critical: 90 } }),
    'monitoring.alerts.volumeUsage: {"warning":95,"critical":90}: the alert that wakes somebody up would come no later than the warning (by default 80 and 90 percent). Give a `warning` that is less than `critical`.',
  ],
  "a warning after the alarm's default": [
    "monitoring",
    { alerts: { connectionUsage: { warning: 95 } } },
    'alerts.connectionUsage: {"warning":95}: the alert that wakes somebody up would come no later than the warning (by default 80 and 95 percent). Give a `warning` that is less than `critical`.',
  ],
  "a severity that there is not": [
    "cluster",
    alerts({ severities: { PostgresDeadlocks: "page" } }),
    `monitoring.alerts.severities.PostgresDeadlocks: "page": ${SEVERITY}`,
  ],
  "a severity for an alert that there is not": [
    "cluster",
    alerts({ severities: { PostgresDeadlock: "off" } }),
    'monitoring.alerts.severities.PostgresDeadlock: "[not shown]": there is no such argument, and it would do nothing. Did you mean `PostgresDeadlocks`? If not, remove it.',
  ],
  "a cluster's alert for a pooler": [
    "pooler",
    alerts({ severities: { PostgresNoPrimary: "off" } }),
    'monitoring.alerts.severities.PostgresNoPrimary: "[not shown]": there is no such argument, and it would do nothing. Remove it; there are PgBouncerDown, PgBouncerInstancesMissing, PgBouncerClientsWaiting, PgBouncerServerConnectionsExhausted, PgBouncerClientsNearLimit.',
  ],
  "a pooler that nobody waits for": [
    "pooler",
    alerts({ waitingSeconds: 0 }),
    "monitoring.alerts.waitingSeconds: 0: it is below the least that is possible, 1. Use 1 or more.",
  ],
  "a label of the recommended ones": [
    "cluster",
    monitoring({ labels: { "app.kubernetes.io/name": "prometheus" } }),
    `monitoring.labels["app.kubernetes.io/name"]: "prometheus": ${LABEL}`,
  ],
  "a label that Kubernetes does not take": [
    "pooler",
    monitoring({ labels: { release: "kube prometheus" } }),
    'monitoring.labels.release: "kube prometheus": Kubernetes takes no such label. Use up to 63 letters, digits, `-`, `_` and `.`, with a letter or digit first and last.',
  ],
  "a label of the operator's": [
    "monitoring",
    { labels: { "cnpg.io/cluster": "orders" } },
    `labels["cnpg.io/cluster"]: "orders": ${LABEL}`,
  ],
  "the age of backups that there are not": [
    "cluster",
    alerts({ backupAgeHours: 26 }),
    `monitoring.alerts.backupAgeHours: 26: ${NO_BACKUPS}`,
  ],
  "an archive that there is not": [
    "recovery",
    alerts({ archiveDelaySeconds: 600 }),
    `monitoring.alerts.archiveDelaySeconds: 600: ${NO_BACKUPS}`,
  ],
  "an age that every daily backup reaches": [
    "cluster",
    { backup: { store: AWS }, ...alerts({ backupAgeHours: 24 }) },
    "monitoring.alerts.backupAgeHours: 24: by the schedule `0 0 2 * * *` up to 24 hours pass between two backups, and the alert " +
      "would fire although all is well. Use 25 or more, and leave time for the backup itself, or take backups more often.",
  ],
  "an age that every weekend reaches": [
    "monitoring",
    { backup: { schedule: "0 30 1 * * MON-FRI" }, alerts: { backupAgeHours: 26 } },
    "alerts.backupAgeHours: 26: by the schedule `0 30 1 * * MON-FRI` up to 72 hours pass between two backups, and the alert " +
      "would fire although all is well. Use 73 or more, and leave time for the backup itself, or take backups more often.",
  ],
  "a schedule of five fields": [
    "monitoring",
    { backup: { schedule: "0 2 * * *" } },
    'backup.schedule: "0 2 * * *": it has five fields, and CloudNativePG reads the first of them as seconds, so that it would run at other times than meant. Write "0 0 2 * * *": the seconds come first.',
  ],
  "a cluster without instances": [
    "monitoring",
    { instances: 0 },
    "instances: 0: it is below the least that is possible, 1. Use 1 or more.",
  ],
  "a name that no cluster has": [
    "monitoring",
    { clusterName: "Orders.*" },
    'clusterName: "Orders.*": it is no DNS label, and the services of the cluster are named after it. Set clusterName (which is otherwise the component\'s name) to lower-case letters, digits and dashes, a letter first.',
  ],
  "thresholds that are known only later": [
    "cluster",
    alerts({ transactionSeconds: pulumi.output(60) }),
    'monitoring.alerts.transactionSeconds: "[Output]": it is known only when the deployment runs, so no rule could judge it beforehand. Give a plain value here, from the stack\'s configuration for example.',
  ],
};

describe("Monitoring: refused is", () => {
  test.each(Object.entries(mistakes))("%s", async (_, [component, args, ...expected]) => {
    const { violations, registered } = await refused(() => COMPONENTS[component](args));
    expect(violations).toEqual(expected);
    expect(registered).toEqual([]);
  });

  test("everything that is wrong, at once", async () => {
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

  test.each([undefined, null, 5, "orders", []])("%p for arguments", async (args) => {
    const { violations, registered } = await refused(
      () => new ClusterMonitoring("x", args as never),
    );
    expect(violations[0]).toMatch(/^args: /);
    expect(registered).toEqual([]);
  });
});
