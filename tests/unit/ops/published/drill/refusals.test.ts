import { archiveOf } from "../../../../../ops/published/archive.ts";
import { type Found, judge } from "../../../../../ops/published/drill/judgement.ts";
import type { Kubectl } from "../../../../../ops/published/kubectl.ts";
import type { Cluster } from "../../../../../ops/published/objects.ts";
import { ready } from "../../../../../ops/published/drill/preflight.ts";
import { type Mistake, Refused } from "../../../../../ops/published/refusal.ts";
import { requestOf } from "../../../../../ops/published/drill/request.ts";
import {
  ALL_RIGHTS,
  answer,
  backup,
  failure,
  lines,
  NOW,
  OPTIONS,
  SOURCE,
  STORE,
  UNENDED,
} from "../../../support/drill-fixtures";

const read = () => undefined;

describe("a cluster", () => {
  const found: Found = {
    archive: archiveOf(SOURCE),
    objectStore: STORE,
    backups: [],
    wal: undefined,
    rights: ALL_RIGHTS,
  };
  const judged = (wrong: Partial<Found>, targetTime?: string) =>
    lines(judge(SOURCE, { ...found, ...wrong }, targetTime, NOW));
  const without = (spec: Partial<Cluster["spec"]>) =>
    judged({ archive: archiveOf({ ...SOURCE, spec: { ...SOURCE.spec, ...spec } }) });

  test("with a base backup can be drilled, to a time from its end on", () => {
    expect(judged({})).toEqual([]);
    expect(judged({}, "2026-11-20T03:00:07+01:00")).toEqual([]);
  });

  test("without an archive is refused", () => {
    expect(without({ plugins: [] })).toEqual([
      "orders: spec.plugins = []: no plugin archives this cluster, so there is nothing to restore it from. Give the cluster the plugin barman-cloud.cloudnative-pg.io with isWALArchiver, and a base backup.",
    ]);
  });

  test("whose archive is switched off, or in the operator itself, or another plugin's, is refused", () => {
    const [plugin] = SOURCE.spec.plugins ?? [];
    expect(without({ plugins: [{ name: "x", ...plugin, enabled: false }] })[0]).toMatch(
      /^orders: spec\.plugins = \["barman-cloud\.cloudnative-pg\.io"\]: no plugin archives/,
    );
    const barmanObjectStore = { destinationPath: "s3://backups" };
    expect(without({ plugins: undefined, backup: { barmanObjectStore } })).toEqual([
      "orders: spec.plugins = (not set): the cluster archives by spec.backup.barmanObjectStore, which CloudNativePG gives up. Move it to the Barman Cloud plugin: https://cloudnative-pg.io/plugin-barman-cloud/docs/migration/.",
    ]);
    expect(without({ plugins: [{ name: "pgbackrest.example", isWALArchiver: true }] })).toEqual([
      'orders: spec.plugins = "pgbackrest.example": the drill knows archives of the Barman Cloud plugin only. Archive by barman-cloud.cloudnative-pg.io with the name of an ObjectStore.',
    ]);
  });

  test("without a completed base backup is refused, with what became of the last one", () => {
    const objectStore = { ...STORE, status: {} };
    const backups = [
      backup("orders-1", {
        phase: "failed",
        startedAt: "2026-11-21T02:00:00Z",
        error: "no bucket",
      }),
      backup("orders-0", { phase: "failed", startedAt: "2026-11-20T02:00:00Z", error: "older" }),
    ];
    const remedy =
      "Take one, and wait for it: kubectl cnpg backup orders --method=plugin --plugin-name=barman-cloud.cloudnative-pg.io.";
    expect(judged({ objectStore })).toEqual([
      `orders-backup: status.serverRecoveryWindow = []: no base backup of orders-00c0ffee has been completed. ${remedy}`,
    ]);
    expect(judged({ objectStore, backups })).toEqual([
      `orders-backup: status.serverRecoveryWindow = []: no base backup of orders-00c0ffee has been completed; the last one, orders-1, has failed: no bucket. ${remedy}`,
    ]);
  });

  describe("whose last base backup", () => {
    const last = backup("orders-20261121", {
      phase: "completed",
      stoppedAt: "2026-11-21T02:00:09Z",
      endLSN: "0/6000060",
      endWal: "000000010000000000000006",
    });
    const first = backup("orders-20261120", {
      phase: "completed",
      stoppedAt: "2026-11-20T02:00:07Z",
      endLSN: "0/3000100",
      endWal: "000000010000000000000003",
    });
    const backups = [first, last];
    const file = 'orders-20261121: status.endWal = "000000010000000000000006"';
    const needed = "the restore begins with this base backup, which needs this WAL file, and that";

    test("ends in a WAL file that the primary has not ended is refused, with the way out", () => {
      expect(judged({ backups, wal: UNENDED })).toEqual([
        `${file}: ${needed} is not archived before the primary ends it, which it never does while nothing is written. ` +
          "Have it ended, and start the drill again: kubectl exec orders-1 --namespace=shop --container=postgres -- " +
          "psql -c \"SELECT pg_create_restore_point('ha-postgres'), pg_switch_wal()\".",
      ]);
    });

    test("ends in one that waits to be archived is refused, with where to look", () => {
      const wal = { ...UNENDED, end: 0x7000000n, waiting: ["000000010000000000000006"] };
      expect(judged({ backups, wal })).toEqual([
        `${file}: ${needed} waits to be archived. Start the drill when it is; \`kubectl logs orders-1 --namespace=shop ` +
          "--container=plugin-barman-cloud` says why it is not.",
      ]);
    });

    test("has all its WAL can be drilled, and so can one whose primary is gone", () => {
      expect(judged({ backups, wal: { ...UNENDED, end: 0x7000000n } })).toEqual([]);
      expect(judged({ backups, wal: undefined })).toEqual([]);
    });

    test("lacks WAL can be drilled to a time before it, from the one before", () => {
      expect(judged({ backups, wal: UNENDED }, "2026-11-21T02:00:08Z")).toEqual([]);
      expect(judged({ backups, wal: UNENDED }, "2026-11-21T02:00:09Z")).toHaveLength(1);
    });
  });

  test("without its ObjectStore is refused", () => {
    expect(judged({ objectStore: undefined })).toEqual([
      'orders: spec.plugins[].parameters.barmanObjectName = "orders-backup": there is no ObjectStore of that name that you could see. Create it, or have somebody grant you get on objectstores.barmancloud.cnpg.io.',
    ]);
  });

  test("is not restored to a time before its backups, nor to one that is still to come", () => {
    expect(judged({}, "2026-11-20T02:00:06Z")).toEqual([
      '--target-time = "2026-11-20T02:00:06Z": it lies before 2026-11-20T02:00:07Z, when the first base backup in the archive was complete. Give a time from 2026-11-20T02:00:07Z on.',
    ]);
    expect(judged({}, "2026-11-21T12:00:01Z")).toEqual([
      '--target-time = "2026-11-21T12:00:01Z": it lies in the future, and nothing has been archived of that. Leave it out to restore all that is in the archive.',
    ]);
  });

  test("is not drilled by somebody who may not, and all is said at once", () => {
    const rights = { create: false, delete: false, exec: false };
    const who = "Have somebody grant you that, or name the context of somebody who may.";
    expect(judged({ rights }, "2026-11-21T12:00:01Z")).toEqual([
      '--target-time = "2026-11-21T12:00:01Z": it lies in the future, and nothing has been archived of that. Leave it out to restore all that is in the archive.',
      `kubectl auth can-i create clusters.postgresql.cnpg.io --namespace=shop = "no": the drill restores into a Cluster of its own. ${who}`,
      `kubectl auth can-i delete clusters.postgresql.cnpg.io --namespace=shop = "no": the drill could not clean up after itself. ${who}`,
      `kubectl auth can-i create pods/exec --namespace=shop = "no": the drill looks into the restored database by psql in its pod. ${who}`,
    ]);
  });
});

describe("what a drill asks of the Kubernetes cluster first", () => {
  const access = { context: "prod", environment: {}, whenSilent: "Wake it up" };
  const { request } = requestOf(OPTIONS, read);

  /** What is said when `kubectl get clusters` answers like this. */
  async function said(kubectl: Kubectl, mistakes: Mistake[] = []): Promise<string[]> {
    const error: unknown = await ready(kubectl, access, { request, mistakes }, NOW).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Refused);
    return lines((error as Refused).mistakes);
  }

  test.each([
    [
      { ...failure(""), missing: true },
      "kubectl = (not set): the program is not on the PATH, and the drill does all by it. Install it: https://kubernetes.io/docs/tasks/tools/.",
    ],
    [
      failure("Error in configuration: context was not found for specified context: prod"),
      '--context = "prod": the kubeconfig has no such context. Wake it up.',
    ],
    [
      failure('error: the server doesn\'t have a resource type "clusters"'),
      '--cluster = "orders": CloudNativePG is not installed where the context leads. Name the context of the cluster that is meant.',
    ],
    [
      failure("Error from server (Forbidden): clusters is forbidden"),
      '--cluster = "orders": you may not look at clusters there: Error from server (Forbidden): clusters is forbidden. Have somebody grant you list on clusters.postgresql.cnpg.io.',
    ],
    [
      failure("E1121 memcache.go\nThe connection to the server 10.0.0.1 was refused"),
      '--context = "prod": its API server does not answer: The connection to the server 10.0.0.1 was refused. Wake it up.',
    ],
    [
      answer({ items: [] }),
      '--cluster = "orders": there is no Cluster of that name in the namespace of the context. Give its --namespace: there is no other Cluster here.',
    ],
    [
      answer({ items: [{ ...SOURCE, metadata: { ...SOURCE.metadata, name: "bills" } }] }),
      '--cluster = "orders": there is no Cluster of that name in the namespace of the context. Give its --namespace, or the name of one that is here: bills.',
    ],
  ])("has a clear answer to %j", async (response, refused) => {
    expect(await said(() => Promise.resolve(response))).toEqual([refused]);
  });

  test("comes with the mistakes in the options", async () => {
    const { mistakes } = requestOf({ ...OPTIONS, timeout: "soon" }, read);
    expect(await said(() => Promise.resolve(answer({ items: [] })), mistakes)).toHaveLength(2);
  });

  test("is asked of the right namespace, and creates nothing", async () => {
    const calls: string[] = [];
    const kubectl: Kubectl = (args) => {
      calls.push(args.join(" "));
      const [verb = "", what] = args;
      if (verb === "auth") return Promise.resolve(answer("yes"));
      if (what === "objectstores.barmancloud.cnpg.io") return Promise.resolve(answer(STORE));
      return Promise.resolve(
        answer({ items: what?.startsWith("clusters") === true ? [SOURCE] : [] }),
      );
    };
    const found = await ready(kubectl, access, { request, mistakes: [] }, NOW);
    expect(found).toEqual({ source: SOURCE, clusters: [SOURCE] });
    expect(calls.map((call) => call.split(" -- ")[0])).toEqual([
      "get clusters.postgresql.cnpg.io --output=json --request-timeout=15s",
      "get objectstores.barmancloud.cnpg.io orders-backup --namespace=shop --ignore-not-found --output=json --request-timeout=30s",
      "get backups.postgresql.cnpg.io --namespace=shop --ignore-not-found --output=json --request-timeout=30s",
      "exec orders-1 --namespace=shop --container=postgres",
      "auth can-i create clusters.postgresql.cnpg.io --namespace=shop",
      "auth can-i delete clusters.postgresql.cnpg.io --namespace=shop",
      "auth can-i create pods --namespace=shop --subresource=exec",
    ]);
  });
});
