import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import {
  cacheFolder,
  eventually,
  kubectl,
  kubectlJson,
  npmRun,
  npmRunOk,
  root,
} from "./support/commands";
import {
  type Access,
  asSuperuser,
  clusterStatus,
  instancePods,
  ownerAccess,
  primaryPod,
  query,
  through,
} from "./support/database";
import { leftovers } from "./support/leftovers";
import { Writer } from "./support/writer";

const minute = 60_000;
const healthy = "Cluster in healthy state";
/** Where the cluster stands in a stack's file. */
const main = ["config", "ha-postgres:clusters", "main"];
const stackFile = join(cacheFolder, "cluster", "pulumi", "Pulumi.dev.yaml");

jest.setTimeout(20 * minute);

describe("npm run up, on a machine where nothing runs", () => {
  let printed: string;
  let owner: Access;

  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    printed = await npmRunOk("up");
    owner = await ownerAccess("main");
  }, 60 * minute);

  test("prints the instances, the endpoints and how to connect", () => {
    expect(printed).toMatch(/INSTANCE +ROLE +NODE +ZONE +READY +SYNC +LAG/);
    expect(printed).toMatch(/main-\d +primary +node\d +zone\d +yes/);
    expect(printed.match(/main-\d +replica +node\d +zone\d +yes +quorum +\d+ B/g)).toHaveLength(2);
    expect(printed).toContain("read-write  main-rw.databases.svc:5432");
    expect(printed).toContain("pooler      main-pooler.databases.svc:5432");
    expect(printed).toContain("Connect:  npm run psql\n");
  });

  test("tells a line for what is done, and warns of nothing that is always so", () => {
    expect(printed).not.toMatch(/\$PATH|Undefined value/);
    expect(printed).not.toMatch(/ creating \(\d+s\)/);
    const done = [...printed.matchAll(/^ \+ {2}(\S+ \S+) created/gm)].map(([, what]) => what);
    expect(done).toContain("kubernetes:postgresql.cnpg.io/v1:Cluster main-cluster");
    expect(new Set(done).size).toBe(done.length);
  });

  test("the command that it prints connects, over TLS", async () => {
    const answer = await npmRunOk(
      "psql",
      "--tuples-only",
      "--no-align",
      "-c",
      "SELECT current_user, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
    );
    expect(answer.trim()).toBe("app|t");
  });

  test("three instances on three nodes in three zones", async () => {
    const pods = await instancePods("main");
    const nodes = await kubectlJson<{ items: { metadata: { name: string; labels: object } }[] }>(
      "get",
      "nodes",
    );
    const zones = pods.map(({ spec }) => {
      const node = nodes.items.find(({ metadata }) => metadata.name === spec.nodeName);
      return node?.metadata.labels["topology.kubernetes.io/zone" as keyof object];
    });
    expect(pods.map(({ spec }) => spec.nodeName).sort()).toEqual(["node1", "node2", "node3"]);
    expect(zones.sort()).toEqual(["zone1", "zone2", "zone3"]);
  });

  test("replication is synchronous by quorum", async () => {
    const primary = await primaryPod("main");
    expect(await asSuperuser(primary, "SHOW synchronous_standby_names")).toMatch(/^ANY 1 \(/);
    expect(
      await asSuperuser(primary, "SELECT sync_state FROM pg_stat_replication ORDER BY 1"),
    ).toBe("quorum\nquorum\n");
  });

  test("a row written through -rw is read through -ro, -r and the pooler", async () => {
    await query(
      await through("main-rw", owner),
      "INSERT INTO greeting (text) VALUES ('written through rw')",
    );
    const sql = "SELECT count(*) FROM greeting WHERE text = 'written through rw'";
    for (const service of ["main-ro", "main-r", "main-pooler"]) {
      const config = await through(service, owner);
      // A standby replays a moment after the commit that it has acknowledged.
      await eventually(
        () => query<{ count: string }>(config, sql),
        ([row]) => row?.count === "1",
        5000,
      );
    }
    const onStandby = await query<{ recovery: boolean }>(
      await through("main-ro", owner),
      "SELECT pg_is_in_recovery() AS recovery",
    );
    expect(onStandby).toEqual([{ recovery: true }]);
  });

  test("the schema was run once, as the owner of the database", async () => {
    const rows = await query<{ text: string; tableowner: string }>(
      await through("main-rw", owner),
      "SELECT text, tableowner FROM greeting, pg_tables WHERE tablename = 'greeting' AND id = 1",
    );
    expect(rows).toEqual([{ text: "hello from the schema", tableowner: "app" }]);
  });

  test("data checksums are on", async () => {
    const rows = await query(await through("main-rw", owner), "SHOW data_checksums");
    expect(rows).toEqual([{ data_checksums: "on" }]);
  });

  test.each(["main-rw", "main-ro"])("%s refuses a plaintext connection", async (service) => {
    const config = { ...(await through(service, owner)), ssl: false };
    await expect(query(config, "SELECT 1")).rejects.toThrow(
      /pg_hba\.conf rejects connection.*no encryption/,
    );
  });

  test("the pooler refuses a plaintext connection", async () => {
    const config = { ...(await through("main-pooler", owner)), ssl: false };
    await expect(query(config, "SELECT 1")).rejects.toThrow(/SSL required/);
  });

  test("a second preview finds nothing to change, also after a refresh", async () => {
    await npmRunOk("pulumi", "preview", "--expect-no-changes");
    await npmRunOk("pulumi", "refresh", "--yes", "--skip-preview");
    await npmRunOk("pulumi", "preview", "--expect-no-changes");
  });

  test("a fourth instance on three nodes is refused before anything is changed", async () => {
    const { code, all } = await pulumiWith(["instances"], 4, "preview");
    expect(code).not.toBe(0);
    expect(all).toMatch(/instances = 4: .*3/);
    expect(await clusterStatus("main")).toMatchObject({ phase: healthy, readyInstances: 3 });
  });

  test("a volume that shrinks is refused at preview", async () => {
    const { code, all } = await pulumiWith(["storage", "size"], "1Gi", "preview");
    expect(code).not.toBe(0);
    expect(all).toMatch(/can't shrink existing storage from 2Gi to 1Gi/);
  });

  test("what the policy pack refuses is not deployed, and the message says why", async () => {
    const policies = { "cluster-instances": { enforcementLevel: "mandatory", least: 5 } };
    const file = temporary("policies", JSON.stringify(policies));
    const { code, all } = await npmRun("up", "--policy-pack-config", file);
    expect(code).toBe(1);
    expect(all).toMatch(/\[mandatory\].* cluster-instances .*main-cluster/);
    expect(all).toContain("spec.instances = 3:");
    expect(all).toMatch(/pulumi up failed: see above\n$/);
    expect(await clusterStatus("main")).toMatchObject({ phase: healthy, readyInstances: 3 });
  });

  test("a cluster of the user's is used when its context is named, and only emptied by down", async () => {
    // The sandbox stands for it: to a kubeconfig it is a cluster like any other.
    process.env["KUBECONFIG"] = join(cacheFolder, "cluster", "kubeconfig");
    try {
      const own = parseDocument(readFileSync(stackFile, "utf8"));
      own.deleteIn(["encryptionsalt"]);
      own.deleteIn(["config", "kubernetes:context"]);
      own.setIn(["config", "ha-postgres:namespace"], "own");
      own.setIn(["config", "ha-postgres:platform"], { cloudNativePg: { install: false } });
      const file = temporary("own", own.toString());
      const context = ["--context", "ha-postgres-sandbox"];
      const shown = await npmRunOk("up", ...context, "--config-file", file);
      expect(shown).toContain("Cluster main in own");
      expect(shown).toContain("Connect:  npm run psql -- --context ha-postgres-sandbox\n");
      const answer = await npmRunOk("psql", ...context, "-tAc", "SELECT text FROM greeting");
      expect(answer).toBe("hello from the schema\n");
      await npmRunOk("down", ...context);
    } finally {
      delete process.env["KUBECONFIG"];
    }
    expect(await kubectl("get", "namespace", "own", "--ignore-not-found")).toBe("");
    expect(await clusterStatus("main")).toMatchObject({ phase: healthy, readyInstances: 3 });
  });

  test("a context that does not exist is refused", async () => {
    const { code, all } = await npmRun("up", "--context", "nowhere");
    expect(code).toBe(1);
    expect(all).toMatch(/the context nowhere does not answer/);
  });

  let writers: Writer[] = [];
  const startedWriter = async () => {
    const writer = new Writer(await through("main-rw", owner));
    writers.push(writer);
    await writer.start();
    return writer;
  };
  afterEach(async () => {
    for (const writer of writers) await writer.abandon();
    writers = [];
  });

  test("a setting that needs a restart is rolled out without losing a commit", async () => {
    const writer = await startedWriter();
    const declared = parseDocument(readFileSync(join(root, "Pulumi.dev.yaml"), "utf8"));
    declared.setIn([...main, "parameters", "track_activity_query_size"], "4kB");
    const file = temporary("changed", declared.toString());
    const shown = await npmRunOk("up", "--config-file", file);
    expect(shown).toMatch(/main-\d +primary/);
    const report = await writer.stop();
    console.log(`rolling update: ${JSON.stringify(report)}`);
    // The primary was restarted: a writer that noticed nothing would not have written to it.
    expect(writer.connection).toBeGreaterThan(1);
    expect(report.lost).toBe(0);
    const rows = await query(await through("main-rw", owner), "SHOW track_activity_query_size");
    expect(rows).toEqual([{ track_activity_query_size: "4kB" }]);
  });

  test("the primary's pod is killed: a standby takes over and no commit is lost", async () => {
    const before = await primaryPod("main");
    const writer = await startedWriter();
    const { connection } = writer;
    await kubectl("delete", "pod", before, "--namespace=databases", "--force", "--grace-period=0");
    await eventually(
      () => primaryPod("main").catch(() => before),
      (primary) => primary !== before,
      2 * minute,
    );
    await writer.commitsAfter(connection, 20);
    const report = await writer.stop();
    console.log(`primary killed: ${JSON.stringify(report)}`);
    expect(report.lost).toBe(0);
    await eventually(
      () => clusterStatus("main"),
      ({ phase, readyInstances }) => phase === healthy && readyInstances === 3,
      5 * minute,
    );
  });

  test("a second up changes back what was changed, and keeps the data", async () => {
    await npmRunOk("up");
    const rows = await query(await through("main-rw", owner), "SHOW track_activity_query_size");
    expect(rows).toEqual([{ track_activity_query_size: "1kB" }]);
    const greetings = await query(await through("main-rw", owner), "SELECT id FROM greeting");
    expect(greetings).toHaveLength(2);
  });

  test("a final backup that there is no archive for is refused, and nothing is destroyed", async () => {
    const { code, all } = await npmRun("down", "--final-backup");
    expect(code).toBe(1);
    expect(all).toBe(
      "nothing was destroyed, since no archive exists for a final backup of main. " +
        "Remove it from the stack first, or leave out --final-backup\n",
    );
    expect(await clusterStatus("main")).toMatchObject({ phase: healthy, readyInstances: 3 });
  });

  test("down destroys the stack and leaves nothing of the sandbox behind", async () => {
    const destroyed = await npmRunOk("down");
    expect(destroyed).toMatch(/- 22 deleted/);
    expect(await leftovers()).toEqual([]);
  });
});

/** Runs `pulumi` with one setting of the cluster changed, as if it stood in the stack's file. */
async function pulumiWith(
  path: string[],
  value: unknown,
  ...args: string[]
): ReturnType<typeof npmRun> {
  const before = readFileSync(stackFile, "utf8");
  const changed = parseDocument(before);
  changed.setIn([...main, ...path], value);
  try {
    writeFileSync(stackFile, changed.toString());
    return await npmRun("pulumi", ...args);
  } finally {
    writeFileSync(stackFile, before);
  }
}

function temporary(name: string, content: string): string {
  const file = join(tmpdir(), `ha-postgres-e2e-${name}-${process.pid}.yaml`);
  writeFileSync(file, content);
  return file;
}
