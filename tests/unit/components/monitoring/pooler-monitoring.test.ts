import * as pulumi from "@pulumi/pulumi";
import { PoolMode, PostgresPooler, type PostgresPoolerArgs } from "../../../../components";
import { crdErrors } from "../../support/crd-schema";
import {
  POD_MONITOR,
  poolerRules,
  PROMETHEUS_RULE,
  ruleOf,
  rulesOf,
} from "../../support/monitoring-fixtures";
import {
  only,
  registrations,
  UNKNOWN,
  unknownOutput,
  type Registration,
} from "../../support/registrations";

const MINIMAL: PostgresPoolerArgs = {
  namespace: "shop",
  cluster: "orders",
  poolMode: PoolMode.Transaction,
  maxConnections: 100,
};

const labels = {
  "app.kubernetes.io/name": "pgbouncer",
  "app.kubernetes.io/instance": "orders-pooler",
  "app.kubernetes.io/component": "pooler",
  "app.kubernetes.io/part-of": "ha-postgres",
  "app.kubernetes.io/managed-by": "pulumi",
};

const pooled = (args: Partial<PostgresPoolerArgs>, preview = false) =>
  registrations(() => new PostgresPooler("orders-pooler", { ...MINIMAL, ...args }), { preview });

const declaredRules = (all: Registration[]) =>
  rulesOf(only(all, PROMETHEUS_RULE).inputs["spec"] as never);

describe("A pooler's `monitoring`", () => {
  test("is off by default: the definitions may not exist", async () => {
    const types = (await pooled({})).map(({ type }) => type);
    expect(types).not.toContain(POD_MONITOR);
    expect(types).not.toContain(PROMETHEUS_RULE);
  });

  test("declares the scrape of every pod once they accept connections, and alerts by its sizes", async () => {
    const all = await pooled({ monitoring: {} });
    const monitor = only(all, POD_MONITOR, "orders-pooler-pod-monitor");
    expect(monitor).toMatchObject({
      parent: "ha-postgres:index:PostgresPooler::orders-pooler",
      dependsOn: ["kubernetes:policy/v1:PodDisruptionBudget::orders-pooler-pdb"],
      inputs: {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PodMonitor",
        metadata: { name: "orders-pooler", namespace: "shop", labels },
        spec: {
          selector: { matchLabels: { "cnpg.io/poolerName": "orders-pooler" } },
          podMetricsEndpoints: [{ port: "metrics", interval: "30s" }],
        },
      },
    });
    expect(crdErrors("PodMonitor", monitor.inputs)).toEqual([]);
    const rule = only(all, PROMETHEUS_RULE, "orders-pooler-alerts");
    expect(rule).toMatchObject({
      parent: "ha-postgres:index:PostgresPooler::orders-pooler",
      dependsOn: ["kubernetes:policy/v1:PodDisruptionBudget::orders-pooler-pdb"],
      inputs: {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PrometheusRule",
        metadata: { name: "orders-pooler", namespace: "shop", labels },
      },
    });
    expect(crdErrors("PrometheusRule", rule.inputs)).toEqual([]);
    // (100 - 13) / 2 pods = 43, less 8 to look up passwords: 35.
    const sizes = { default_pool_size: "28", reserve_pool_size: "7", max_db_connections: "35" };
    expect(declaredRules(all)).toEqual(poolerRules(sizes));
  });

  test("declares an alert in the form of Prometheus", async () => {
    const rules = declaredRules(await pooled({ monitoring: {} }));
    expect(ruleOf(rules, "PgBouncerServerConnectionsExhausted")).toEqual({
      alert: "PgBouncerServerConnectionsExhausted",
      expr: 'sum by (pod, database, user) (cnpg_pgbouncer_pools_sv_active{job="shop/orders-pooler"}) >= 35',
      for: "10m",
      labels: { namespace: "shop", cnpg_pooler: "orders-pooler", severity: "warning" },
      annotations: {
        summary:
          "All 35 server connections of {{ $labels.user }} in {{ $labels.database }} on {{ $labels.pod }} are in use.",
        description: expect.stringMatching(/^The next client waits\./) as string,
      },
    });
  });

  test("accepts all settings", async () => {
    const all = await pooled({
      instances: 3,
      parameters: { max_client_conn: "5000" },
      labels: { team: "sales" },
      monitoring: {
        interval: "5s",
        labels: { release: "prometheus" },
        alerts: { waitingSeconds: 1, severities: { PgBouncerClientsWaiting: "critical" } },
      },
    });
    const rules = declaredRules(all);
    expect(ruleOf(rules, "PgBouncerInstancesMissing")?.expr).toMatch(/ < 3$/);
    expect(ruleOf(rules, "PgBouncerClientsNearLimit")?.expr).toMatch(/ > 4000$/);
    expect(ruleOf(rules, "PgBouncerClientsWaiting")?.expr).toMatch(/ > 1$/);
    expect(ruleOf(rules, "PgBouncerClientsWaiting")?.labels["severity"]).toBe("critical");
    expect(only(all, POD_MONITOR).inputs).toMatchObject({
      metadata: { labels: { ...labels, team: "sales", release: "prometheus" } },
      spec: { podMetricsEndpoints: [{ interval: "5s" }] },
    });
  });

  test("declares only metrics if alerts are disabled", async () => {
    const all = await pooled({ monitoring: { alerts: { enabled: false } } });
    expect(all.filter(({ type }) => type === POD_MONITOR)).toHaveLength(1);
    expect(all.filter(({ type }) => type === PROMETHEUS_RULE)).toEqual([]);
  });

  test("depends on connections that are outputs, and is unknown before they are", async () => {
    const args = {
      monitoring: {},
      maxConnections: pulumi.output(200),
      namespace: pulumi.output("shop"),
    };
    // (200 - 13) / 2 pods = 93, less 8 to look up passwords: 85.
    expect(
      ruleOf(declaredRules(await pooled(args)), "PgBouncerServerConnectionsExhausted")?.expr,
    ).toMatch(/ >= 85$/);
    const before = await pooled({ monitoring: {}, maxConnections: unknownOutput<number>() }, true);
    expect(only(before, PROMETHEUS_RULE).inputs["spec"]).toBe(UNKNOWN);
    expect(only(before, POD_MONITOR).inputs["spec"]).not.toBe(UNKNOWN);
  });
});
