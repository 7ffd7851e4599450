import * as pulumi from "@pulumi/pulumi";
import {
  ClusterMonitoring,
  PostgresCluster,
  RecoveryCluster,
  ReplicaCluster,
  type ClusterMonitoringArgs,
  type MonitoringArgs,
} from "../../../../components";
import { AWS, computed, ELSEWHERE } from "../../support/backup-fixtures";
import { CLUSTER, MINIMAL } from "../../support/cluster-fixtures";
import { crdErrors } from "../../support/crd-schema";
import {
  clusterRules,
  MONITORED,
  POD_MONITOR,
  PROMETHEUS_RULE,
  rulesOf,
  type Rule,
} from "../../support/monitoring-fixtures";
import { only, registrations, valueOf, type Registration } from "../../support/registrations";

const MONITORING = "ha-postgres:index:ClusterMonitoring";

const labels = {
  "app.kubernetes.io/name": "postgresql",
  "app.kubernetes.io/instance": "orders",
  "app.kubernetes.io/component": "monitoring",
  "app.kubernetes.io/part-of": "ha-postgres",
  "app.kubernetes.io/managed-by": "pulumi",
};

const monitored = (args: Partial<ClusterMonitoringArgs> = {}) =>
  registrations(() => new ClusterMonitoring("legacy", { ...MONITORED, ...args }));

function declaredRules(all: Registration[]): Rule[] {
  const { inputs } = only(all, PROMETHEUS_RULE);
  expect(crdErrors("PrometheusRule", inputs)).toEqual([]);
  return rulesOf(inputs["spec"] as never);
}

const names = (rules: Rule[]) => rules.map(({ alert }) => alert);

describe("ClusterMonitoring", () => {
  test("declares the scrape of every instance, and the alerts", async () => {
    const all = await monitored();
    expect(all.map(({ id }) => id)).toEqual([
      `${MONITORING}::legacy`,
      `${POD_MONITOR}::legacy-pod-monitor`,
      `${PROMETHEUS_RULE}::legacy-alerts`,
    ]);
    expect(only(all, POD_MONITOR)).toMatchObject({
      parent: `${MONITORING}::legacy`,
      inputs: {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PodMonitor",
        metadata: { name: "orders", namespace: "shop", labels },
        spec: {
          selector: { matchLabels: { "cnpg.io/cluster": "orders", "cnpg.io/podRole": "instance" } },
          podMetricsEndpoints: [{ port: "metrics", interval: "30s" }],
        },
      },
    });
    expect(crdErrors("PodMonitor", only(all, POD_MONITOR).inputs)).toEqual([]);
    expect(only(all, PROMETHEUS_RULE)).toMatchObject({
      parent: `${MONITORING}::legacy`,
      inputs: {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PrometheusRule",
        metadata: { name: "orders", namespace: "shop", labels },
      },
    });
    expect(declaredRules(all)).toEqual(clusterRules());
  });

  test("declares an alert in the form of Prometheus, in its group", async () => {
    const { inputs } = only(await monitored(), PROMETHEUS_RULE);
    const { groups } = inputs["spec"] as { groups: { name: string; rules: unknown[] }[] };
    const names = ["availability", "replication", "volumes", "load", "backup"];
    expect(groups.map(({ name }) => name)).toEqual(names);
    expect(groups[1]?.rules[2]).toEqual({
      alert: "PostgresSynchronousReplicasMissing",
      expr:
        '(count(cnpg_pg_stat_replication_replay_diff_bytes{job="shop/orders",application_name=~"orders-[0-9]+"}) or vector(0)) < 1 ' +
        'and on () count(cnpg_pg_replication_in_recovery{job="shop/orders"} == 0) > 0',
      for: "1m",
      labels: { namespace: "shop", cnpg_cluster: "orders", severity: "critical" },
      annotations: {
        summary: "{{ $value }} replicas stream, but commits wait for 1.",
        description: expect.stringMatching(
          /^Every write hangs until a replica is back\./,
        ) as string,
      },
    });
  });

  test("leaves out a group that has no alerts", async () => {
    const { inputs } = only(await monitored({ backup: undefined }), PROMETHEUS_RULE);
    const { groups } = inputs["spec"] as { groups: { name: string }[] };
    const names = ["availability", "replication", "volumes", "load"];
    expect(groups.map(({ name }) => name)).toEqual(names);
  });

  test("declares only metrics if alerts are disabled", async () => {
    let rule: pulumi.Output<string> | undefined;
    const all = await registrations(() => {
      rule = new ClusterMonitoring("m", { ...MONITORED, alerts: { enabled: false } })
        .prometheusRule;
    });
    expect(all.map(({ type }) => type)).toEqual([MONITORING, POD_MONITOR]);
    expect(rule).toBeUndefined();
  });

  test("accepts the labels for a Prometheus, and the interval", async () => {
    const all = await monitored({ interval: "1m", labels: { release: "prometheus" } });
    for (const type of [POD_MONITOR, PROMETHEUS_RULE]) {
      expect(only(all, type).inputs["metadata"]).toEqual({
        name: "orders",
        namespace: "shop",
        labels: { ...labels, release: "prometheus" },
      });
    }
    expect(only(all, POD_MONITOR).inputs["spec"]).toMatchObject({
      podMetricsEndpoints: [{ interval: "1m" }],
    });
  });

  test("names a namespace that is an output in its alerts", async () => {
    const namespace = pulumi.output("shop");
    expect(declaredRules(await monitored({ namespace }))).toEqual(clusterRules());
  });

  test("returns the names of its objects", async () => {
    let monitoring: ClusterMonitoring | undefined;
    await registrations(() => (monitoring = new ClusterMonitoring("legacy", MONITORED)));
    expect(await valueOf(monitoring?.podMonitor ?? pulumi.output(""))).toBe("orders");
    expect(await valueOf(monitoring?.prometheusRule ?? pulumi.output(""))).toBe("orders");
  });
});

describe("A cluster's `monitoring`", () => {
  const declared = (Component: typeof PostgresCluster, args: object) =>
    registrations(() => new Component("orders", { ...MINIMAL, ...args }), { outputs: computed });

  test("is off by default: the definitions may not exist", async () => {
    const types = (await declared(PostgresCluster, {})).map(({ type }) => type);
    expect(types).not.toContain(POD_MONITOR);
    expect(types).not.toContain(PROMETHEUS_RULE);
    expect(types).not.toContain(MONITORING);
  });

  test("covers the parts of the cluster, and is created once it serves", async () => {
    const args = { backup: { store: AWS }, labels: { team: "sales" }, monitoring: {} };
    const all = await declared(PostgresCluster, args);
    expect(only(all, MONITORING, "orders-monitoring")).toMatchObject({
      parent: "ha-postgres:index:PostgresCluster::orders",
      dependsOn: [`${CLUSTER}::orders-cluster`],
    });
    expect(declaredRules(all)).toEqual(clusterRules());
    expect(only(all, PROMETHEUS_RULE).inputs["metadata"]).toEqual({
      name: "orders",
      namespace: "shop",
      labels: { ...labels, team: "sales" },
    });
  });

  test.each<[what: string, args: object, as: Partial<ClusterMonitoringArgs>]>([
    ["of two", { instances: 2 }, { instances: 2, dataDurability: "preferred" }],
    ["of one", { instances: 1 }, { instances: 1, synchronousReplicas: 0 }],
    ["without synchronous commits", { synchronous: { method: "off" } }, { synchronousReplicas: 0 }],
    [
      "of five, two of which confirm",
      { instances: 5, synchronous: { number: 2 } },
      { instances: 5, synchronousReplicas: 2 },
    ],
    [
      "with a schedule of its own",
      { backup: { store: AWS, schedule: "@weekly", immediate: false } },
      { backup: { schedule: "@weekly", immediate: false } },
    ],
    [
      "with snapshots",
      { backup: { store: AWS, method: "volumeSnapshot" } },
      { backup: { schedule: "0 0 2 * * *", method: "volumeSnapshot" } },
    ],
    [
      "of another name",
      { clusterName: "sales", instances: 1 },
      { clusterName: "sales", instances: 1, synchronousReplicas: 0 },
    ],
  ])("follows a cluster %s", async (_, args, as) => {
    const all = await declared(PostgresCluster, { monitoring: {}, ...args });
    expect(declaredRules(all)).toEqual(clusterRules({ backup: undefined, ...as }));
  });

  test("keeps the settings of alerts", async () => {
    const alerts: MonitoringArgs["alerts"] = {
      replicationLagSeconds: 5,
      severities: { PostgresDeadlocks: "off" },
    };
    const all = await declared(PostgresCluster, { monitoring: { interval: "15s", alerts } });
    expect(declaredRules(all)).toEqual(clusterRules({ backup: undefined, alerts }));
    expect(only(all, POD_MONITOR).inputs["spec"]).toMatchObject({
      podMetricsEndpoints: [{ interval: "15s" }],
    });
  });

  const FROM = {
    ...MINIMAL,
    source: { store: ELSEWHERE, serverName: "orders-00c0ffee" },
    database: { name: "orders", owner: "orders" },
    monitoring: {},
  };

  test("is the same for a recovered one", async () => {
    const all = await registrations(() => new RecoveryCluster("orders", FROM), {
      outputs: computed,
    });
    expect(declaredRules(all)).toEqual(clusterRules({ backup: undefined }));
  });

  const replica = (args: object) =>
    registrations(() => new ReplicaCluster("orders", { ...FROM, ...args }), { outputs: computed });

  test("has no alert about the primary in a replica cluster before its promotion", async () => {
    const follower = await replica({});
    expect(declaredRules(follower)).toEqual(
      clusterRules({ backup: undefined, synchronousReplicas: 0, replica: {} }),
    );
    expect(names(declaredRules(follower))).not.toContain("PostgresNoPrimary");
    const promoted = await replica({ promote: true });
    expect(declaredRules(promoted)).toEqual(clusterRules({ backup: undefined }));
  });

  test("respects the connection and the delay of a replica cluster", async () => {
    const connection = { host: "origin", serverCaSecret: "ca", replicationTlsSecret: "tls" };
    const all = await replica({ connection, minApplyDelay: "1h30m" });
    expect(declaredRules(all)).toEqual(
      clusterRules({
        backup: undefined,
        synchronousReplicas: 0,
        replica: { streaming: true, applyDelaySeconds: 5400 },
      }),
    );
  });
});
