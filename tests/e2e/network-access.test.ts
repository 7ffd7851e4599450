/** Who may connect to a cluster and its pooler under the policies that the components declare, and that all goes on. */
import { firstBackup } from "./support/backups";
import { clientPod } from "./support/client-pod";
import { eventually, npmRunOk } from "./support/commands";
import { clusterStatus, instancePods, primaryPod, secret } from "./support/database";
import { apply, directOk } from "./support/direct";
import { addressOf, connections, machine } from "./support/network-probes";

const minute = 60_000;
const healthy = "Cluster in healthy state";

jest.setTimeout(10 * minute);

const own = "databases/client";
const stranger = "elsewhere/client";

/** What a client connects to, of all pods of a kind and these ports: `pod:port`. */
async function open(from: string, pods: readonly string[], ports: readonly number[]) {
  const targets = new Map<string, string>();
  for (const pod of pods) {
    const address = await addressOf(`databases/${pod}`);
    for (const port of ports) targets.set(`tcp/${address}/${port}`, `${pod}:${port}`);
  }
  const found = await connections(from, [...targets.keys()]);
  return found.map((target) => targets.get(target));
}

function every(pods: readonly string[], ...ports: number[]): string[] {
  return pods.flatMap((pod) => ports.map((port) => `${pod}:${port}`));
}

async function instances(): Promise<string[]> {
  return (await instancePods("main")).map(({ metadata }) => metadata.name);
}

async function poolerPods(): Promise<string[]> {
  const selector = "--selector=cnpg.io/poolerName=main-pooler";
  const names = await directOk(
    ...["get", "pods", "--namespace=databases", selector],
    "--output=jsonpath={.items[*].metadata.name}",
  );
  return names.split(" ");
}

/** A query of the application's, from a pod of its namespace. */
async function asApplication(host: string, sql: string): Promise<string> {
  const { username = "", password = "" } = await secret("main-app");
  const url = `postgresql://${username}:${encodeURIComponent(password)}@${host}/app?sslmode=require&connect_timeout=3`;
  return directOk("exec", "client", "--namespace=databases", "--", "psql", url, "-tAc", sql);
}

async function isWhole(): Promise<void> {
  await eventually(
    () => clusterStatus("main"),
    ({ phase, readyInstances }) => phase === healthy && readyInstances === 3,
    5 * minute,
  );
}

/** The first lines of what Prometheus would read. */
async function metrics(from: string, pod: string, port: number): Promise<string> {
  const [namespace = "", name = ""] = from.split("/");
  const address = await addressOf(`databases/${pod}`);
  const request = `exec 3<>/dev/tcp/${address}/${port} && printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&3 && timeout 5 cat <&3`;
  return directOk("exec", name, `--namespace=${namespace}`, "--", "bash", "-c", request);
}

describe("With the NetworkPolicies of the components enforced", () => {
  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    await npmRunOk("up", "--stack", "recovery");
    await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "elsewhere" } });
    await directOk(
      ...["wait", "--for=create", "serviceaccount/default", "--namespace=elsewhere"],
      "--timeout=60s",
    );
    await apply(clientPod("databases"), clientPod("elsewhere"));
    for (const namespace of ["databases", "elsewhere"]) {
      const inNamespace = `--namespace=${namespace}`;
      await directOk("wait", "--for=condition=Ready", "pod/client", inNamespace, "--timeout=60s");
    }
  }, 60 * minute);

  afterAll(() => npmRunOk("sandbox", "stop"));

  test("applications of the namespace reach PostgreSQL and metrics of every instance, and not its manager", async () => {
    const pods = await instances();
    expect(pods).toHaveLength(3);
    expect(await open(own, pods, [5432, 8000, 9187])).toEqual(every(pods, 5432, 9187));
  });

  test("those of another namespace reach the metrics only", async () => {
    const pods = await instances();
    expect(await open(stranger, pods, [5432, 8000, 9187])).toEqual(every(pods, 9187));
    const poolers = await poolerPods();
    expect(await open(stranger, poolers, [5432, 9127])).toEqual(every(poolers, 9127));
  });

  test("a client's label of another namespace's cluster opens nothing", async () => {
    await directOk("label", "pod", "client", "--namespace=elsewhere", "cnpg.io/cluster=main");
    const pods = await instances();
    expect(await open(stranger, pods, [5432, 8000])).toEqual([]);
    await directOk("label", "pod", "client", "--namespace=elsewhere", "cnpg.io/cluster-");
  });

  test("this machine reaches nothing", async () => {
    expect(await open(machine, await instances(), [5432, 8000, 9187])).toEqual([]);
    expect(await open(machine, await poolerPods(), [5432, 9127])).toEqual([]);
  });

  test("the pooler takes the application's queries to the primary", async () => {
    const poolers = await poolerPods();
    expect(await open(own, poolers, [5432, 9127])).toEqual(every(poolers, 5432, 9127));
    const sql = "SELECT pg_is_in_recovery(), text FROM greeting";
    expect(await asApplication("main-pooler", sql)).toBe("f|hello from the schema\n");
    expect(await asApplication("main-rw", sql)).toBe("f|hello from the schema\n");
  });

  test("metrics are read from another namespace", async () => {
    for (const pod of await instances()) {
      expect(await metrics(stranger, pod, 9187)).toMatch(/^cnpg_collector_up\{.*\} 1$/m);
    }
    const [pooler = ""] = await poolerPods();
    expect(await metrics(stranger, pooler, 9127)).toMatch(/^cnpg_pgbouncer_collections_total/m);
  });

  test("the archive takes a backup, and a drill restores it beside the cluster", async () => {
    await firstBackup("main");
    const cluster = ["--cluster", "main", "--namespace", "databases"];
    const rows = ["--table", "greeting", "--min-rows", "1"];
    const report = await npmRunOk("drill", "restore", ...cluster, ...rows, "--json");
    expect(JSON.parse(report)).toMatchObject({ outcome: "passed", error: null });
  });

  test("the primary is killed: another takes over, is reached, and the one that comes back is guarded, too", async () => {
    const before = await primaryPod("main");
    await directOk(
      ...["delete", "pod", before, "--namespace=databases", "--force", "--grace-period=0"],
    );
    await eventually(
      () => primaryPod("main").catch(() => before),
      (primary) => primary !== before,
      2 * minute,
    );
    const write = "INSERT INTO greeting (text) VALUES ('after') RETURNING text";
    for (const host of ["main-pooler", "main-rw"]) {
      await eventually(
        () => asApplication(host, write).catch(String),
        (answer) => answer.startsWith("after\n"),
        minute,
      );
    }
    await isWhole();
    const pods = await instances();
    expect(await open(own, pods, [5432, 8000])).toEqual(every(pods, 5432));
    expect(await open(stranger, pods, [5432, 8000])).toEqual([]);
  });

  test("the operator is started anew, at another address, and goes on to mend", async () => {
    const operator = ["deployment", "--all", "--namespace=cnpg-system"];
    await directOk("rollout", "restart", "deployment", "--namespace=cnpg-system");
    await directOk("wait", "--for=condition=Available", ...operator, "--timeout=120s");
    const replica = (await instances()).find((name) => name !== "");
    await directOk("delete", "pod", replica ?? "", "--namespace=databases", "--wait");
    await isWhole();
    expect(await instances()).toHaveLength(3);
  });
});
