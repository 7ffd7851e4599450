import type { Fault } from "../../../../../ops/published/failover/faults/kinds.ts";
import { failoverDrill } from "../../../../../ops/published/failover/drill.ts";
import { Refused } from "../../../../../ops/published/refusal.ts";
import {
  failover,
  PLAN,
  SimulatedCluster,
  SimulatedNodes,
} from "../../../support/failover-simulation";

describe("a failover drill", () => {
  test("breaks the primary under three writers, measures what they notice, and leaves nothing", async () => {
    const { report, cluster } = await failover("kill", { outageMs: 300 });
    expect(report.error).toBeNull();
    const [fault] = report.faults;
    expect(report).toMatchObject({ outcome: "passed", drill: { end: "removed" } });
    expect(fault).toMatchObject({
      round: 1,
      fault: "kill",
      outcome: "passed",
      error: null,
      primary: { before: "orders-1", node: "node1", after: "orders-2" },
    });
    expect(
      fault?.clients.map(({ name, status, lost, isBack }) => [name, status, lost, isBack]),
    ).toEqual([
      ["rw, keeps its connection", "passed", 0, true],
      ["rw, connects anew", "passed", 0, true],
      ["rw, a driver's defaults", "reported", 0, true],
    ]);
    for (const { outageSeconds, errors } of fault?.clients ?? []) {
      expect(outageSeconds).toBeGreaterThan(0.28);
      expect(outageSeconds).toBeLessThan(3);
      expect(errors[0]?.message).toBe("FATAL:  the database system is shutting down");
    }
    expect(fault?.timeline.map(({ moment }) => moment).sort()).toEqual([
      "commit",
      "endpoint",
      "failingOver",
      "fault",
      "healthy",
      "lease",
      "notReady",
      "promoted",
      "replica",
    ]);
    expect([...cluster.made]).toEqual([]);
  });

  test("creates writers on other nodes, with the image of the primary and no password in them", async () => {
    const created: string[] = [];
    const cluster = new SimulatedCluster({});
    const tools = {
      kubectl: (args, options = {}) => {
        if (args[0] === "create") created.push(options.input ?? "");
        return cluster.kubectl(args, options);
      },
      progress: { step: () => undefined, note: () => undefined, end: () => undefined },
      signal: new AbortController().signal,
      pollMs: 2,
    } satisfies Parameters<typeof failoverDrill>[0];
    await failoverDrill(tools, { ...PLAN, podLabels: { app: "web" } });
    const { items } = JSON.parse(created[1] ?? "") as { items: WriterPod[] };
    expect(items).toHaveLength(3);
    for (const { metadata, spec } of items) {
      expect(metadata.labels).toMatchObject({ app: "web", "ha-postgres/drill-of": "orders" });
      expect(metadata.ownerReferences).toEqual([
        { apiVersion: "v1", kind: "ConfigMap", name: "orders-failover-drill", uid: "record-uid" },
      ]);
      expect(JSON.stringify(spec.affinity)).toContain('"operator":"NotIn","values":["node1"]');
      expect(spec.tolerations).toEqual([{ key: "database", operator: "Exists" }]);
      const [container] = spec.containers;
      expect(container?.image).toBe("ghcr.io/cloudnative-pg/postgresql:17.6");
      expect(container?.env.find(({ name }) => name === "PGPASSWORD")).toEqual({
        name: "PGPASSWORD",
        valueFrom: { secretKeyRef: { name: "orders-app", key: "password" } },
      });
    }
    const connections = items.map(
      ({ spec }) => spec.containers[0]?.env.find(({ name }) => name === "CONNECTION")?.value,
    );
    const common =
      "host=orders-rw.shop.svc port=5432 dbname='orders' sslmode=require application_name=ha-postgres-drill";
    const careful =
      " connect_timeout=2 tcp_user_timeout=3000 keepalives_idle=1 keepalives_interval=1 keepalives_count=3";
    expect(connections).toEqual([`${common}${careful}`, `${common}${careful}`, common]);
  });

  test.each<[Fault, RegExp]>([
    [
      "switchover",
      /^patch clusters\.postgresql\.cnpg\.io orders --namespace=shop --subresource=status --type=merge --patch=.*"targetPrimary":"orders-2"/,
    ],
    [
      "crash",
      /^exec orders-1 .* -- bash -c kill -KILL "\$\(head -n 1 "\$PGDATA\/postmaster\.pid"\)"$/,
    ],
    ["container", /^exec orders-1 .* -- bash -c kill -ABRT 1$/],
    ["kill", /^delete pod orders-1 --namespace=shop --force --grace-period=0 --wait=false$/],
    ["freeze", /^exec orders-1 .* kill -STOP \$pids/],
    ["drain", /^create --raw=\/api\/v1\/namespaces\/shop\/pods\/orders-1\/eviction --filename=-$/],
    [
      "volume",
      /^delete persistentvolumeclaims --namespace=shop --selector=cnpg\.io\/instanceName=orders-1 --wait=false$/,
    ],
    [
      "operator",
      /^delete pod cnpg-0 --namespace=cnpg-system --force --grace-period=0 --wait=false$/,
    ],
  ])("causes the fault %s", async (fault, call) => {
    const { report, cluster } = await failover(fault);
    expect(report).toMatchObject({ outcome: "passed", error: null });
    const calls = cluster.calls.map((line) => line.replaceAll("\n", " "));
    expect(calls.filter((line) => call.test(line))).toHaveLength(1);
  });

  test("ends a fault that lasts, as soon as all clients commit: a cordon, a freeze", async () => {
    const drained = await failover("drain");
    expect(drained.cluster.calls).toContain("uncordon node1");
    expect(drained.report.faults[0]?.timeline.map(({ moment }) => moment)).toContain("ended");
    const frozen = await failover("freeze");
    expect(
      frozen.cluster.calls.filter((call) => call.includes("kill -CONT $pids 2>/dev/null")),
    ).toHaveLength(1);
  });

  test("cuts a node off and brings it back", async () => {
    const cluster = new SimulatedCluster({});
    const nodes = new SimulatedNodes(
      () => void cluster.kubectl(["delete", "pod", "orders-1", "x"]),
    );
    const progress = { step: () => undefined, note: () => undefined, end: () => undefined };
    const tools = {
      kubectl: cluster.kubectl,
      progress,
      signal: new AbortController().signal,
      pollMs: 2,
    };
    const report = await failoverDrill(tools, {
      ...PLAN,
      faults: [{ round: 1, fault: "node" }],
      nodes,
    });
    expect(report).toMatchObject({ outcome: "passed", error: null });
    expect(nodes.calls).toEqual(["down node1", "up node1"]);
  });
});

interface WriterPod {
  metadata: { labels: Record<string, string>; ownerReferences: object[] };
  spec: {
    affinity: object;
    tolerations: object[];
    containers: { image: string; env: { name: string; value?: string }[] }[];
  };
}

describe("a failover drill fails", () => {
  test("if an acknowledged row is not there", async () => {
    const { report } = await failover("kill", { lost: 5 });
    expect(report.outcome).toBe("failed");
    const [client] = report.faults[0]?.clients ?? [];
    expect(client?.status).toBe("failed");
    expect(client?.why).toMatch(/^\d acknowledged rows are not there$/);
  });

  test("if an outage is longer than allowed, but not for a driver's defaults", async () => {
    const limits = { maxOutageSeconds: 0.1, maxLost: 0 };
    const { report } = await failover("kill", { outageMs: 300 }, { limits });
    expect(report.faults[0]?.clients.map(({ status, why }) => [status, why])).toEqual([
      ["failed", "more than 0.1 s"],
      ["failed", "more than 0.1 s"],
      ["reported", null],
    ]);
  });

  test("if the cluster is not healthy in time", async () => {
    const { report, cluster } = await failover("kill", { stays: true });
    expect(report.faults[0]).toMatchObject({
      outcome: "failed",
      error: "orders is not healthy after 1 s: Failing over",
    });
    expect([...cluster.made]).toEqual([]);
  });

  test("if the fault cannot be caused, and leaves nothing", async () => {
    const { report, cluster } = await failover("kill", {
      refusal: "(Forbidden): pods is forbidden",
    });
    expect(report.error).toBe("the fault kill could not be caused: (Forbidden): pods is forbidden");
    expect([...cluster.made]).toEqual([]);
  });

  test("if the node to be drained is cordoned by somebody else, and leaves it so", async () => {
    const { report, cluster } = await failover("drain", { isCordoned: true });
    expect(report.error).toBe("node1 is cordoned already");
    expect(cluster.calls.filter((call) => call.includes("cordon"))).toEqual([]);
    expect([...cluster.made]).toEqual([]);
  });

  test("and stops at the first fault that has, or goes on", async () => {
    const limits = { maxOutageSeconds: 0.001, maxLost: 0 };
    expect((await failover(["kill", "crash"], {}, { limits })).report.faults).toHaveLength(1);
    const all = await failover(["kill", "crash"], {}, { limits, keepGoing: true });
    expect(all.report.faults.map(({ fault, outcome }) => [fault, outcome])).toEqual([
      ["kill", "failed"],
      ["crash", "failed"],
    ]);
  });

  test("if something cannot be removed, and names it", async () => {
    const cluster = new SimulatedCluster({ isStuck: true });
    const progress = { step: () => undefined, note: () => undefined, end: () => undefined };
    const tools = {
      kubectl: cluster.kubectl,
      progress,
      signal: new AbortController().signal,
      pollMs: 2,
    };
    const report = await failoverDrill(tools, { ...PLAN, cleanUpMs: 10 });
    expect(report.drill.end).toBe("left");
    expect(report.error).toMatch(
      /^orders-drill-\w{6} could not be removed: schema ha_postgres_drill_\w{6} of orders: canceling statement due to lock timeout$/,
    );
    // The next drill finds it by this.
    expect([...cluster.made]).toContain("configmap/orders-failover-drill");
  });
});

describe("a drill that is interrupted", () => {
  test.each([
    ["before the fault", "kill", /starting the writers/],
    ["while a node is cordoned", "drain", /waiting for commits/],
    ["while a primary is frozen", "freeze", /waiting for commits/],
    ["afterwards", "kill", /waiting for orders/],
  ] as const)("%s ends the fault and leaves nothing", async (_, fault, abortAt) => {
    const { report, cluster } = await failover(fault, { outageMs: 200 }, { abortAt });
    expect(report).toMatchObject({ outcome: "failed", error: "interrupted by SIGINT", faults: [] });
    if (fault === "drain") expect(cluster.calls).toContain("uncordon node1");
    if (fault === "freeze")
      expect(cluster.calls.some((call) => call.includes("-CONT $pids 2>/dev/null"))).toBe(true);
    expect([...cluster.made]).toEqual([]);
  });
});

test("a writer that is not let in refuses the drill before anything is broken, and leaves nothing", async () => {
  const cluster = new SimulatedCluster({ isShut: true });
  const progress = { step: () => undefined, note: () => undefined, end: () => undefined };
  const tools = {
    kubectl: cluster.kubectl,
    progress,
    signal: new AbortController().signal,
    pollMs: 2,
  };
  const error: unknown = await failoverDrill(tools, { ...PLAN, startMs: 50 }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Refused);
  expect((error as Error).message.split("\n")[1]).toMatch(
    /^ {2}- writer rw, keeps its connection = "orders-drill-\w{6}-kept": must commit before anything is broken: FATAL: {2}the database system is shutting down\. Where a NetworkPolicy keeps it out, give it the labels of a client that may connect, with --pod-labels\.$/,
  );
  expect(cluster.calls.some((call) => call.startsWith("delete pod orders-1"))).toBe(false);
  expect([...cluster.made]).toEqual([]);
});

test("what a killed drill has left behind is ended and removed first", async () => {
  const leftOver = {
    metadata: {
      name: "orders-failover-drill",
      namespace: "shop",
      uid: "old",
      labels: { "ha-postgres/drill": "orders-drill-aaaaaa" },
      annotations: { "ha-postgres/drill-undo": "uncordon node7" },
    },
    data: { schema: "ha_postgres_drill_aaaaaa", database: "orders" },
  };
  const { report, cluster, steps } = await failover("kill", {}, { leftOver });
  expect(report.outcome).toBe("passed");
  expect(steps).toContain("removing orders-failover-drill, left behind by a killed drill");
  const removal = cluster.calls
    .slice(0, 5)
    .map((call) => call.replace(/^exec .*(--command=.*)$/, "$1"));
  expect(removal).toEqual([
    "uncordon node7",
    "delete pods --namespace=shop --selector=ha-postgres/drill=orders-drill-aaaaaa --wait=true --timeout=60s --ignore-not-found",
    "get clusters.postgresql.cnpg.io orders --namespace=shop --ignore-not-found --output=json --request-timeout=30s",
    "--command=DROP SCHEMA IF EXISTS ha_postgres_drill_aaaaaa CASCADE",
    "delete --raw=/api/v1/namespaces/shop/configmaps/orders-failover-drill --filename=-",
  ]);
});
