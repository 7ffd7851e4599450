import { remove } from "../../../../../ops/published/drill/cleanup.ts";
import { restoreDrill } from "../../../../../ops/published/drill/drill.ts";
import type { Cluster } from "../../../../../ops/published/objects.ts";
import { postgresLine, SOURCE } from "../../../support/drill-fixtures";
import {
  answers,
  type Answers,
  AT,
  drill,
  GOOD,
  LINES,
  LOG,
  REQUEST,
  SimulatedNamespace,
} from "../../../support/drill-simulation";

describe("a restore drill", () => {
  test("restores a copy, measures it, checks it and removes it", async () => {
    const { report, namespace, steps } = await drill({ tables: [LINES] });
    const { name } = report.drill;
    expect(report).toEqual({
      outcome: "passed",
      error: null,
      cluster: { name: "orders", namespace: "shop" },
      drill: {
        name: expect.stringMatching(/^orders-drill-[a-z0-9]{6}$/) as string,
        startedAt: expect.any(String) as string,
        seconds: expect.any(Number) as number,
        end: "deleted",
      },
      targetTime: null,
      archive: { objectStore: "orders-backup", serverName: "orders-00c0ffee" },
      backup: { id: "20261121T020000", finishedAt: "2026-11-21T02:00:09Z" },
      recoverySeconds: expect.any(Number) as number,
      data: {
        lastTransactionAt: "2026-11-21T11:58:30.000Z",
        ageSeconds: expect.any(Number) as number,
        bytes: 32715264,
      },
      source: { serves: true, lastArchivedAt: "2026-11-18T11:06:40.500Z" },
      assertions: [
        {
          name: "system identifier",
          status: "passed",
          why: "7575000000000000001",
          restored: "7575000000000000001",
          source: "7575000000000000001",
        },
        { name: "databases", status: "passed", why: "orders, postgres" },
        {
          name: "rows of orders.public.lines",
          status: "passed",
          why: "200 restored, 200 at the source",
          restored: 200,
          source: 200,
        },
      ],
      log: [],
    });
    expect(steps).toEqual([
      `declaring ${name}`,
      "waiting for the operator: Setting up primary",
      "waiting for a pod",
      "restoring the base backup",
      "starting the copy",
      `checking ${name}`,
      `removing ${name}`,
    ]);
    expect(namespace.created.map(({ metadata }) => metadata.name)).toEqual([name]);
    expect(namespace.deleted).toEqual([name]);
  });

  test("only reads the source, with a time limit for each query", async () => {
    const { namespace } = await drill({ tables: [LINES], newest: [AT] });
    const asked = namespace.asked("orders-1");
    expect(asked.length).toBeGreaterThan(0);
    for (const { settings } of asked) {
      expect(settings).toBe(
        "-c default_transaction_read_only=on -c statement_timeout=60s " +
          "-c search_path=pg_catalog -c standard_conforming_strings=on",
      );
    }
    const touched = namespace.calls.filter(
      ([verb = ""]) => !["get", "logs", "exec"].includes(verb),
    );
    expect(touched.map(([verb]) => verb)).toEqual(["create", "annotate", "delete"]);
  });

  test("reads the application's data in the copy as a read-only role", async () => {
    const own = { database: undefined, title: "own", sql: "SELECT own()" };
    const { report, namespace } = await drill({ tables: [LINES], newest: [AT], statements: [own] });
    const role = report.drill.name;
    const asked = namespace.asked(`${role}-1`);
    expect(asked.map(({ sql }) => sql)).toContain(
      `CREATE ROLE "${role}" LOGIN BYPASSRLS IN ROLE pg_read_all_data`,
    );
    expect(asked.filter(({ sql }) => sql.includes(`"lines"`)).map((one) => one.role)).toEqual([
      role,
      role,
    ]);
    expect(asked.filter(({ sql }) => sql === own.sql)).toEqual([
      { settings: "", role, sql: own.sql },
    ]);
    for (const one of asked.filter((question) => question.role === "")) {
      expect(one.sql).not.toMatch(/lines|own\(\)/);
    }
    expect(namespace.created[0]?.spec.postgresql?.pg_ident).toEqual([`local /^ ${role}`]);
  });

  test("keeps the copy on request", async () => {
    const { report, namespace } = await drill({ keep: true });
    expect(report).toMatchObject({ outcome: "passed", drill: { end: "kept" } });
    expect(namespace.deleted).toEqual([]);
  });

  test("compares the known facts if the source does not serve", async () => {
    const dead: Answers = (pod, ...rest) =>
      pod === "orders-1" ? new Error("no such pod") : answers()(pod, ...rest);
    const { report } = await drill({ tables: [LINES] }, { sql: dead });
    expect(report.outcome).toBe("passed");
    expect(report.source).toEqual({ serves: false, lastArchivedAt: null });
    expect(report.assertions.map(({ status, why }) => [status, why])).toEqual([
      ["passed", "7575000000000000001"],
      ["skipped", "orders, postgres; not compared, since the source does not serve"],
      ["passed", "200 restored, an unknown number at the source"],
    ]);
  });

  test("reports values that the log does not contain as unknown", async () => {
    const { report } = await drill({}, { log: "nothing" });
    expect(report.data).toMatchObject({ lastTransactionAt: null, ageSeconds: null });
  });

  test("counts the age of the data from the target time", async () => {
    const { report } = await drill({ targetTime: "2026-11-21T12:00:00+00:00" });
    expect(report.data.ageSeconds).toBe(90);
    expect(report.targetTime).toBe("2026-11-21T12:00:00+00:00");
  });
});

describe("a restore drill fails", () => {
  test("if the recovery fails twice, with the reason and the end of its log", async () => {
    const why = "recovery ended before configured recovery target was reached";
    const { report, namespace } = await drill(
      {},
      {
        jobs: [["Running"], ["Failed"], ["Failed", "Running"], ["Failed", "Failed"], []],
        log: `${LOG}\n${postgresLine(why, "FATAL")}`,
      },
    );
    expect(report).toMatchObject({ outcome: "failed", error: why, recoverySeconds: null });
    expect(report.log.at(-1)).toBe(`2026-11-21T12:00:20Z FATAL: ${why}`);
    expect(report.assertions).toEqual([]);
    expect(namespace.deleted).toHaveLength(1);
  });

  test("if the operator gives up", async () => {
    const phase = "Cluster is unrecoverable and needs manual intervention";
    const { report } = await drill({}, { jobs: [["Failed"], []], phase });
    expect(report.error).toBe("the recovery job has failed");
  });

  test("if it takes too long, with its current step", async () => {
    const { report, namespace } = await drill(
      { timeoutSeconds: 0.01 },
      { jobs: Array.from({ length: 1000 }, () => ["Pending"]) },
    );
    expect(report.error).toBe("the restore exceeded --timeout: waiting for a pod");
    expect(namespace.deleted).toHaveLength(1);
  });

  test.each([/^declaring/, /^restoring/, /^checking/])(
    "if it is interrupted at %s, and removes the copy",
    async (abortAt) => {
      const { report, namespace } = await drill({}, {}, { abortAt });
      expect(report).toMatchObject({ outcome: "failed", error: "interrupted by SIGINT" });
      expect(namespace.deleted).toEqual([report.drill.name]);
    },
  );

  test("if the copy cannot be created", async () => {
    const { report } = await drill({}, {});
    expect(report.error).toBeNull();
    const namespace = new SimulatedNamespace(GOOD);
    const refused = await restoreDrill(
      {
        kubectl: (args, options) =>
          args[0] === "create"
            ? Promise.resolve({ ok: false, output: "", error: "quota", missing: false })
            : namespace.kubectl(args, options),
        progress: { step: () => undefined, note: () => undefined, end: () => undefined },
        signal: new AbortController().signal,
        pollMs: 1,
      },
      { source: SOURCE, clusters: [SOURCE] },
      REQUEST,
    );
    expect(refused.error).toMatch(/^orders-drill-\w{6} could not be created: quota$/);
    expect(namespace.deleted).toEqual([]);
  });
});

describe("the copy of a drill", () => {
  test("is deleted when all of it is deleted, not only its cluster", async () => {
    const { report, namespace } = await drill({}, { lingers: 3 });
    expect(report).toMatchObject({ outcome: "passed", drill: { end: "deleted" } });
    expect(namespace.deleted).toHaveLength(4);
  });

  const volumes = {
    a: "Retain of csi",
    b: "Delete of csi",
    c: "Retain",
    d: "Retain of csi with a copied label",
  };

  test("is found and deleted if the response to its creation was lost", async () => {
    const { report, namespace } = await drill({}, { isAnswerLost: true });
    expect(report.error).toMatch(
      /^orders-drill-\w{6} could not be created: net\/http: TLS handshake timeout$/,
    );
    expect(namespace.deleted).toEqual([report.drill.name]);
  });

  test("is not a cluster that was created later with its name", async () => {
    const { namespace } = await drill({ keep: true });
    const [copy] = namespace.created;
    const made = { name: copy?.metadata.name ?? "", namespace: "shop", uid: "another" };
    expect(await remove(namespace.kubectl, made, 1)).toBeUndefined();
    expect(namespace.deleted).toEqual([]);
  });

  test("is deleted with the volumes that were provisioned for it", async () => {
    const { report, namespace } = await drill({}, { volumes });
    expect(report).toMatchObject({ outcome: "passed", drill: { end: "deleted" } });
    expect(namespace.calls.filter(([verb]) => verb === "patch")).toEqual([
      [
        "patch",
        "persistentvolume",
        "a",
        "--type=merge",
        '--patch={"spec":{"persistentVolumeReclaimPolicy":"Delete"}}',
      ],
    ]);
  });

  test("is reported as left if one of its volumes remains", async () => {
    const { report } = await drill({}, { volumes, isRestricted: true });
    expect(report).toMatchObject({
      outcome: "failed",
      error: `${report.drill.name} could not be removed: persistentvolume/a: the StorageClass retains it`,
      drill: { end: "left" },
    });
  });
});

describe("left-overs of killed drills", () => {
  const leftOver = (name: string, until: string, uid = `uid-of-${name}`): Cluster => ({
    ...SOURCE,
    metadata: {
      name,
      namespace: "shop",
      uid,
      labels: { "ha-postgres/drill": name, "ha-postgres/drill-of": "orders" },
      annotations: {
        "ha-postgres/drill-alive-until": until,
        "ha-postgres/drill-uid": `uid-of-${name}`,
      },
    },
  });

  test("are removed before the next drill, unless their drill still runs", async () => {
    const { report, namespace } = await drill(
      {},
      {
        others: [
          leftOver("orders-drill-dead00", "2020-01-01T00:00:00Z"),
          leftOver("orders-drill-alive0", "2999-01-01T00:00:00Z"),
          // A user's cluster, made from a kept copy with its labels and annotations.
          leftOver("orders-drill-copied", "2020-01-01T00:00:00Z", "another"),
        ],
      },
    );
    expect(namespace.deleted).toEqual(["orders-drill-dead00", report.drill.name]);
  });
});
