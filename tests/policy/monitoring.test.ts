/** What the components declare for Prometheus is what the pack asks for. */
import { PostgresCluster } from "../../components";
import { rules } from "../../policy/rules";
import { registrations } from "../unit/registrations";
import { type Declared, judge } from "./pack";

const asked = rules.filter(({ name }) => ["cluster-monitored", "cluster-alerts"].includes(name));

/** What the pack says of clusters that these programs declare. */
async function said(program: () => unknown, preview = false): Promise<string[]> {
  const all = await registrations(program, { preview });
  const declared: Declared[] = all.map(({ type, name, inputs }) => ({
    type,
    name,
    object: inputs,
  }));
  return judge(asked, declared)
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

test("the monitor of one cluster is not that of another", async () => {
  const program = () => [cluster("orders", { monitoring: {} }), cluster("sales")];
  expect(await said(program)).toContain("cluster-monitored: sales-cluster");
});

test("metrics alone tell nobody", async () => {
  const monitoring = { alerts: { enabled: false } };
  expect(await said(() => cluster("orders", { monitoring }))).toEqual([
    "cluster-alerts: orders-cluster",
  ]);
});
