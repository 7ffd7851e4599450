/** The components declare for Prometheus what the pack requires. */
import { PostgresCluster } from "../../../components";
import { rules } from "../../../policy/rules";
import { registrations } from "../../unit/support/registrations";
import { type Declared, check } from "../support/pack";

const asked = rules.filter(({ name }) => ["cluster-monitored", "cluster-alerts"].includes(name));

/** The reports for the clusters of a program. */
async function said(program: () => unknown, preview = false): Promise<string[]> {
  const all = await registrations(program, { preview });
  const declared: Declared[] = all.map(({ type, name, inputs }) => ({
    type,
    name,
    object: inputs,
  }));
  return check(asked, declared)
    .map(({ rule, resource }) => `${rule}: ${resource ?? ""}`)
    .sort();
}

const cluster = (name: string, args: object = {}) =>
  new PostgresCluster(name, { namespace: "shop", storage: { size: "10Gi" }, ...args });

test("a cluster without monitoring is reported", async () => {
  expect(await said(() => cluster("orders"))).toEqual([
    "cluster-alerts: orders-cluster",
    "cluster-monitored: orders-cluster",
  ]);
});

test.each([false, true])("a cluster with monitoring is not, in a preview: %s", async (preview) => {
  expect(await said(() => cluster("orders", { monitoring: {} }), preview)).toEqual([]);
});

test("the monitor of one cluster does not count for another", async () => {
  const program = () => [cluster("orders", { monitoring: {} }), cluster("sales")];
  expect(await said(program)).toContain("cluster-monitored: sales-cluster");
});

test("metrics without alerts are reported", async () => {
  const monitoring = { alerts: { enabled: false } };
  expect(await said(() => cluster("orders", { monitoring }))).toEqual([
    "cluster-alerts: orders-cluster",
  ]);
});

test("the alerts of one cluster do not count for another", async () => {
  const program = () => [
    cluster("orders", { monitoring: {} }),
    cluster("sales", { monitoring: { alerts: { enabled: false } } }),
  ];
  expect(await said(program)).toEqual(["cluster-alerts: sales-cluster"]);
});

test.each([
  ["cnpg_collector_up == 0", true],
  ["cnpg_collector_up{} == 0", true],
  ['cnpg_collector_up{namespace="shop"} == 0', true],
  ['cnpg_collector_up{namespace="bakery"} == 0', false],
  ['cnpg_collector_up{namespace!="bakery"} == 0', true],
  ['cnpg_collector_up{namespace=~"shop|bakery"} == 0', true],
  ['cnpg_collector_up{namespace=~"sho"} == 0', false],
  ['cnpg_collector_up{namespace="shop",pod=~"orders-[0-9]+"} == 0', true],
  ['cnpg_collector_up{namespace="shop",pod=~"orders-\\\\d+"} == 0', true],
  ["cnpg_collector_up{ pod =~ 'sales-[0-9]+' } == 0", false],
  ["cnpg_collector_up{pod=~`(?i:ORDERS|SALES)-.*`} == 0", true],
  ["cnpg_collector_up{pod=~`(?<!x`} == 0", true],
  ['cnpg_collector_up{job="shop/orders"} == 0', true],
  ['cnpg_collector_up{job="shop/sales"} == 0', false],
  ['cnpg_collector_up{job=~"shop/.*"} == 0', true],
  ['cnpg_collector_up{job="postgres-exporter"} == 0', true],
  ['cnpg_collector_up{role="primary"} == 0', true],
  ['node_up{namespace="shop"} == 0', false],
  ['{__name__=~"cnpg_.*", namespace="shop"} == 0', true],
  ['{"cnpg_collector_up", namespace="bakery"} == 0', false],
  ['cnpg_collector_up{namespace!="shop"} == 0', false],
  ['cnpg_collector_up{pod!~"orders-.*"} == 0', false],
  ['cnpg_collector_up{pod!="orders-1"} == 0', true],
  // A name in a text, in a label or in a comment is not a metric.
  ['label_replace(up, "pod", "cnpg_x", "job", ".*") == 0', false],
  ['up{x="cnpg_collector_up"} == 0 # cnpg_collector_up', false],
  // Matchers of the other operand count too, except after `unless`.
  ['cnpg_collector_up == 0 and up{namespace="bakery"} == 1', false],
  ['cnpg_collector_up == 0 or up{namespace="bakery"} == 1', true],
  ['cnpg_collector_up == 0 unless up{namespace="bakery"} == 1', true],
  [
    'sum by (namespace) (rate(cnpg_x{pod=~"orders-.*"}[5m])) > on (namespace) group_left cnpg_y',
    true,
  ],
  ['cnpg_collector_up{namespace="shop" == 0', false],
  ["cnpg_collector_up ==", false],
])("a hand-written alert over %s is about the cluster: %s", (expr, isAbout) => {
  const reports = check(asked, [
    ...["orders", "sales"].flatMap((name) => [
      {
        type: "kubernetes:postgresql.cnpg.io/v1:Cluster",
        name,
        object: { metadata: { name, namespace: "shop" } },
      },
      {
        type: "kubernetes:monitoring.coreos.com/v1:PodMonitor",
        name: `${name}-monitor`,
        object: {
          metadata: { name, namespace: "shop" },
          spec: { selector: { matchLabels: { "cnpg.io/cluster": name } } },
        },
      },
    ]),
    {
      type: "kubernetes:monitoring.coreos.com/v1:PrometheusRule",
      name: "alerts",
      object: { spec: { groups: [{ rules: [{ alert: "Down", expr }] }] } },
    },
  ]);
  const unwatched = reports.map(({ resource }) => resource);
  expect(unwatched.includes("orders")).toBe(!isAbout);
});
