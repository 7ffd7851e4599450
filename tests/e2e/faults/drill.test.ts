/** The failover drill and the switchover, on a cluster that was declared by hand: nothing of it is this package's. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Report, reportText } from "../../../ops/published/failover/report.ts";
import { eventually, kubectl, kubectlJson, npmRunOk, type Result, run } from "../support/commands";
import { apply } from "../support/direct";
import { runUntil } from "../support/until";

const minute = 60_000;

jest.setTimeout(15 * minute);

const shop = "--namespace=shop";
const metadata = { name: "orders", namespace: "shop" };
const image = "localhost/ha-postgres/postgresql:17";

const byHand = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
  {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Cluster",
    metadata,
    spec: {
      instances: 3,
      imageName: image,
      bootstrap: { initdb: { database: "orders", owner: "sales" } },
      postgresql: { synchronous: { method: "any", number: 1 } },
      storage: { size: "1Gi" },
      resources: { requests: { cpu: "200m", memory: "256Mi" }, limits: { memory: "512Mi" } },
      affinity: { podAntiAffinityType: "required" },
    },
  },
  {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Pooler",
    metadata: { name: "orders-pooler", namespace: "shop" },
    spec: {
      cluster: { name: "orders" },
      instances: 2,
      type: "rw",
      pgbouncer: { poolMode: "transaction" },
      template: { spec: { containers: [{ name: "pgbouncer", image }] } },
    },
  },
];

const COMMAND = [
  "npx",
  "ha-postgres",
  "drill",
  "failover",
  "--cluster",
  "orders",
  "--namespace",
  "shop",
];

const CLIENTS = [
  "rw, keeps its connection",
  "rw, connects anew",
  "rw, a driver's defaults",
  "pooler orders-pooler",
];

describe("npx ha-postgres drill failover, on a cluster that was declared by hand", () => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ha-postgres-failover-"));
    // For the operator, and for an own cluster beside it that the drill must leave alone.
    await npmRunOk("up");
    await apply(...byHand);
    await eventually(phase, (now) => now === "Cluster in healthy state", 5 * minute);
    await kubectl("rollout", "status", "deployment/orders-pooler", shop, "--timeout=120s");
  }, 60 * minute);

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await npmRunOk("sandbox", "stop");
  });

  test("is refused with all reasons at once, and nothing is created", async () => {
    const before = await belongings();
    const { code, output, all } = await drill(
      "--fault",
      "explode",
      "--secret",
      "none",
      "--rounds",
      "0",
    );
    expect(code).toBe(2);
    expect(output).toBe("");
    expect(all).toMatch(/--fault = "explode": is not a valid fault/);
    expect(all).toMatch(/--rounds = "0": must be a whole number from 1 to 1000/);
    expect(all).toMatch(/--secret = "none": must name a Secret with username and password/);
    expect(await belongings()).toEqual(before);
  });

  test("kill and crash: nothing is lost, and one sees where the time goes", async () => {
    const { report, file } = await reported(
      ...["--fault", "kill,crash", "--max-outage", "60s", "--timeout", "100s"],
    );
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(report);
    expect(report.faults.map(({ fault, outcome }) => [fault, outcome])).toEqual([
      ["kill", "passed"],
      ["crash", "passed"],
    ]);
    for (const { clients } of report.faults) {
      expect(clients.map(({ name }) => name)).toEqual(CLIENTS);
      for (const { status, lost, acknowledged, isBack } of clients) {
        expect(lost).toBe(0);
        expect(acknowledged).toBeGreaterThan(10);
        // A driver's defaults may wait for two minutes.
        expect(isBack || status === "reported").toBe(true);
      }
    }
    const [kill] = report.faults;
    const seen = new Map(kill?.timeline.map(({ moment, seconds }) => [moment, seconds]));
    for (const moment of [
      "notReady",
      "failingOver",
      "lease",
      "promoted",
      "endpoint",
      "commit",
      "healthy",
    ] as const) {
      expect(seen.get(moment)).toBeGreaterThan(0);
    }
    expect(seen.get("failingOver")).toBeLessThan(seen.get("promoted") ?? 0);
    expect(kill?.primary.after).not.toBe(kill?.primary.before);
    expect(await remains()).toEqual([]);
  });

  test("the end of the container, and of the node: the poolers' clients lose nothing", async () => {
    const { report } = await reported(
      ...["--fault", "container,node", "--through", "pooler", "--lasting", "100s"],
    );
    expect(report.outcome).toBe("passed");
    const [container, node] = report.faults;
    expect(container?.clients.map(({ name, lost }) => [name, lost])).toEqual([
      ["pooler orders-pooler", 0],
    ]);
    expect(node?.clients.map(({ name, lost }) => [name, lost])).toEqual([
      ["pooler orders-pooler", 0],
    ]);
    expect(node?.primary.after).not.toBe(node?.primary.before);
    expect(
      await kubectl("wait", "nodes", "--all", "--for=condition=Ready", "--timeout=60s"),
    ).toMatch(/condition met/);
    expect(await remains()).toEqual([]);
  });

  test("a primary that is frozen goes on afterwards, and an allowed outage that is exceeded fails the drill", async () => {
    const { code, report } = await reported(
      ...["--fault", "freeze", "--through", "pooler", "--max-outage", "1s", "--lasting", "20s"],
    );
    expect(code).toBe(1);
    expect(report.faults[0]?.clients.map(({ status, lost }) => [status, lost])).toEqual([
      ["failed", 0],
    ]);
    expect(report.faults[0]?.error).toBeNull();
    expect(report.faults[0]?.timeline.map(({ moment }) => moment)).toContain("ended");
    expect(await remains()).toEqual([]);
  });

  test("a drain that is interrupted uncordons the node and leaves nothing", async () => {
    const { code, all } = await runUntil(
      [...COMMAND, "--fault", "drain"],
      /1 drain, its node is cordoned/,
      "SIGINT",
    );
    expect(code).not.toBe(0);
    expect(all).toMatch(
      /SIGINT: the fault is being ended and the writers are being removed, please wait/,
    );
    expect(
      await kubectl("get", "nodes", "--field-selector=spec.unschedulable=true", "--output=name"),
    ).toBe("");
    expect(await remains()).toEqual([]);
    await eventually(phase, (now) => now === "Cluster in healthy state", 5 * minute);
  });

  test("that is killed leaves a record, which keeps others away, and by which the next drill removes it", async () => {
    await runUntil(
      [...COMMAND, "--fault", "switchover"],
      /1 switchover, starting the writers/,
      "SIGKILL",
    );
    expect(await remains()).toContain("configmap/orders-failover-drill");
    const refused = await drill("--fault", "switchover");
    expect(refused.code).toBe(2);
    expect(refused.all).toMatch(
      /configmap\/orders-failover-drill = "20\S+": must not exist: another drill of this cluster runs/,
    );
    // As it will be of itself when the drill has said nothing for five minutes.
    await kubectl(
      ...["annotate", "configmap", "orders-failover-drill", shop, "--overwrite"],
      "ha-postgres/drill-alive-until=2020-01-01T00:00:00Z",
    );
    const { code, report, all } = await reported("--fault", "switchover", "--through", "pooler");
    expect(all).toMatch(/removing orders-failover-drill, left behind by a killed drill/);
    expect(code).toBe(0);
    expect(report.faults[0]?.primary.after).not.toBe(report.faults[0]?.primary.before);
    expect(await remains()).toEqual([]);
  });

  test("npx ha-postgres switchover says what it finds, promotes the named instance, and measures the outage", async () => {
    const before = await primary();
    const to = (await instances()).find((name) => name !== before) ?? "";
    const { code, output, all } = await run("npx", [
      ...["ha-postgres", "switchover", "--cluster", "orders", "--namespace", "shop", "--to", to],
    ]);
    if (code !== 0) throw new Error(all);
    console.log(output);
    expect(all).toMatch(new RegExp(`${before} is primary, ${to} becomes it`));
    expect(all).toMatch(/commits wait for any 1 of 2 replicas, required/);
    expect(output).toMatch(/^Switchover of orders in shop: passed\n/);
    expect(await primary()).toBe(to);
    expect(await remains()).toEqual([]);
  });

  /** A drill of which the report is what matters. */
  async function reported(...options: string[]) {
    const file = join(folder, "report.json");
    const { code, output, all } = await drill(...options, "--json", "--output", file);
    if (output === "") throw new Error(all);
    const report = JSON.parse(output) as Report;
    console.log(reportText(report));
    expect(report.error).toBeNull();
    return { code, report, file, all };
  }
});

function drill(...options: string[]): Promise<Result> {
  const [command = "", ...args] = COMMAND;
  return run(command, [...args, ...options]);
}

interface Cluster {
  status?: { phase?: string; currentPrimary?: string };
}

async function phase(): Promise<string | undefined> {
  const { status } = await kubectlJson<Cluster>(
    "get",
    "clusters.postgresql.cnpg.io",
    "orders",
    shop,
  );
  return status?.phase;
}

async function primary(): Promise<string | undefined> {
  const { status } = await kubectlJson<Cluster>(
    "get",
    "clusters.postgresql.cnpg.io",
    "orders",
    shop,
  );
  return status?.currentPrimary;
}

async function instances(): Promise<string[]> {
  const selector = "--selector=cnpg.io/cluster=orders,cnpg.io/podRole=instance";
  const names = await kubectl("get", "pods", shop, selector, "--output=name");
  return names
    .trim()
    .split("\n")
    .map((name) => name.replace("pod/", ""));
}

async function belongings(): Promise<string[]> {
  const names = await kubectl("get", "configmaps,pods,secrets,services", shop, "--output=name");
  return names.trim().split("\n");
}

/** All that drills have made and that is still there, by their names and not by the label that a drill itself goes by. */
async function remains(): Promise<string[]> {
  const objects = (await belongings()).filter((name) => name.includes("drill"));
  const schemas = await kubectl(
    ...["exec", (await primary()) ?? "", shop, "--container=postgres", "--", "psql", "--no-psqlrc"],
    ...["--tuples-only", "--no-align", "--dbname=orders"],
    "--command=SELECT nspname FROM pg_namespace WHERE nspname LIKE 'ha_postgres%'",
  );
  return [...objects, ...schemas.split("\n").filter((name) => name !== "")];
}
