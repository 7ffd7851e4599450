import { archiveOf } from "../../../../../ops/published/archive.ts";
import { type Found, validateSource } from "../../../../../ops/published/drill/validation.ts";
import type { Kubectl } from "../../../../../ops/published/kubectl.ts";
import type { Cluster } from "../../../../../ops/published/objects.ts";
import { acceptRequest } from "../../../../../ops/published/drill/preflight.ts";
import type { Violation } from "../../../../../components/contract/violation.ts";
import { Refused } from "../../../../../ops/published/refusal.ts";
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
  const refusals = (wrong: Partial<Found>, targetTime?: string) =>
    lines(validateSource(SOURCE, { ...found, ...wrong }, targetTime, NOW));
  const without = (spec: Partial<Cluster["spec"]>) =>
    refusals({ archive: archiveOf({ ...SOURCE, spec: { ...SOURCE.spec, ...spec } }) });

  test("with a base backup is accepted, for times after its end", () => {
    expect(refusals({})).toEqual([]);
    expect(refusals({}, "2026-11-20T03:00:07+01:00")).toEqual([]);
  });

  test("without an archive is refused", () => {
    expect(without({ plugins: [] })).toEqual([
      "orders: spec.plugins = []: must contain a plugin that archives: otherwise nothing can be restored. Add the plugin barman-cloud.cloudnative-pg.io with isWALArchiver, and take a base backup.",
    ]);
  });

  test("with a disabled archive, an in-tree one or another plugin's is refused", () => {
    const [plugin] = SOURCE.spec.plugins ?? [];
    expect(without({ plugins: [{ name: "x", ...plugin, enabled: false }] })[0]).toMatch(
      /^orders: spec\.plugins = \["barman-cloud\.cloudnative-pg\.io"\]: must contain a plugin that archives/,
    );
    const barmanObjectStore = { destinationPath: "s3://backups" };
    expect(without({ plugins: undefined, backup: { barmanObjectStore } })).toEqual([
      "orders: spec.plugins = (not set): the cluster archives with spec.backup.barmanObjectStore, which CloudNativePG has deprecated. Migrate it to the Barman Cloud plugin: https://cloudnative-pg.io/plugin-barman-cloud/docs/migration/.",
    ]);
    expect(without({ plugins: [{ name: "pgbackrest.example", isWALArchiver: true }] })).toEqual([
      'orders: spec.plugins = "pgbackrest.example": must be the Barman Cloud plugin: the drill restores no other archives. Use barman-cloud.cloudnative-pg.io with the name of an ObjectStore.',
    ]);
  });

  test("without a completed base backup is refused, with the error of the last one", () => {
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
    expect(refusals({ objectStore })).toEqual([
      `orders-backup: status.serverRecoveryWindow = []: no base backup of orders-00c0ffee has been completed. ${remedy}`,
    ]);
    expect(refusals({ objectStore, backups })).toEqual([
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
    const needed =
      "the restore starts with this base backup, which needs this WAL file, and the file";

    test("ends in a WAL file that the primary has not ended is refused, with the command", () => {
      expect(refusals({ backups, wal: UNENDED })).toEqual([
        `${file}: ${needed} is not archived before the primary ends it, which never happens while nothing is written. ` +
          "End it, and start the drill again: kubectl exec orders-1 --namespace=shop --container=postgres -- " +
          "psql -c \"SELECT pg_create_restore_point('ha-postgres'), pg_switch_wal()\".",
      ]);
    });

    test("ends in one that waits to be archived is refused, with the log", () => {
      const wal = { ...UNENDED, end: 0x7000000n, waiting: ["000000010000000000000006"] };
      expect(refusals({ backups, wal })).toEqual([
        `${file}: ${needed} waits to be archived. Start the drill when it is archived; \`kubectl logs orders-1 --namespace=shop ` +
          "--container=plugin-barman-cloud` shows why it is not.",
      ]);
    });

    test("has all its WAL is accepted, also if the primary does not answer", () => {
      expect(refusals({ backups, wal: { ...UNENDED, end: 0x7000000n } })).toEqual([]);
      expect(refusals({ backups, wal: undefined })).toEqual([]);
    });

    test("lacks WAL is accepted for a time before it, from the previous backup", () => {
      expect(refusals({ backups, wal: UNENDED }, "2026-11-21T02:00:08Z")).toEqual([]);
      expect(refusals({ backups, wal: UNENDED }, "2026-11-21T02:00:09Z")).toHaveLength(1);
    });
  });

  test("without its ObjectStore is refused", () => {
    expect(refusals({ objectStore: undefined })).toEqual([
      'orders: spec.plugins[].parameters.barmanObjectName = "orders-backup": names an ObjectStore that does not exist, or that you are not allowed to read. Create it, or ask an administrator for get on objectstores.barmancloud.cnpg.io.',
    ]);
  });

  test("is refused for a time before its backups, and for a future one", () => {
    expect(refusals({}, "2026-11-20T02:00:06Z")).toEqual([
      '--target-time = "2026-11-20T02:00:06Z": must not be before 2026-11-20T02:00:07Z, when the first base backup in the archive was complete. Use 2026-11-20T02:00:07Z or later.',
    ]);
    expect(refusals({}, "2026-11-21T12:00:01Z")).toEqual([
      '--target-time = "2026-11-21T12:00:01Z": must not be in the future: nothing has been archived of it. Remove it to restore everything in the archive.',
    ]);
  });

  test("is refused without permissions, with all violations at once", () => {
    const rights = { create: false, delete: false, exec: false };
    const who = "Ask an administrator for this permission, or use a context that has it.";
    expect(refusals({ rights }, "2026-11-21T12:00:01Z")).toEqual([
      '--target-time = "2026-11-21T12:00:01Z": must not be in the future: nothing has been archived of it. Remove it to restore everything in the archive.',
      `kubectl auth can-i create clusters.postgresql.cnpg.io --namespace=shop = "no": the drill creates a Cluster to restore to. ${who}`,
      `kubectl auth can-i delete clusters.postgresql.cnpg.io --namespace=shop = "no": the drill must delete that Cluster at the end. ${who}`,
      `kubectl auth can-i create pods/exec --namespace=shop = "no": the drill checks the restored database with psql in its pod. ${who}`,
    ]);
  });
});

describe("the Kubernetes cluster of a drill", () => {
  const access = { context: "prod", environment: {}, whenSilent: "Wake it up" };
  const { request } = requestOf(OPTIONS, read);

  /** The violations if `kubectl get clusters` answers like this. */
  async function said(kubectl: Kubectl, violations: Violation[] = []): Promise<string[]> {
    const error: unknown = await acceptRequest(kubectl, access, { request, violations }, NOW).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Refused);
    return lines((error as Refused).violations);
  }

  test.each([
    [
      { ...failure(""), missing: true },
      "kubectl = (not set): must be on the PATH: it is used for everything. Install it: https://kubernetes.io/docs/tasks/tools/.",
    ],
    [
      failure("Error in configuration: context was not found for specified context: prod"),
      '--context = "prod": does not exist in the kubeconfig. Wake it up.',
    ],
    [
      failure('error: the server doesn\'t have a resource type "clusters"'),
      '--cluster = "orders": CloudNativePG is not installed in the cluster of the context. Use the context of the right cluster.',
    ],
    [
      failure("Error from server (Forbidden): clusters is forbidden"),
      '--cluster = "orders": you are not allowed to list clusters there: Error from server (Forbidden): clusters is forbidden. Ask an administrator for list on clusters.postgresql.cnpg.io.',
    ],
    [
      failure("E1121 memcache.go\nThe connection to the server 10.0.0.1 was refused"),
      '--context = "prod": the API server does not answer: The connection to the server 10.0.0.1 was refused. Wake it up.',
    ],
    [
      answer({ items: [] }),
      '--cluster = "orders": does not exist in the namespace of the context. Set its --namespace: no other Cluster exists here.',
    ],
    [
      answer({ items: [{ ...SOURCE, metadata: { ...SOURCE.metadata, name: "bills" } }] }),
      '--cluster = "orders": does not exist in the namespace of the context. Set its --namespace, or use a Cluster that is here: bills.',
    ],
  ])("is refused with a reason for %j", async (response, refused) => {
    expect(await said(() => Promise.resolve(response))).toEqual([refused]);
  });

  test("is refused together with the options", async () => {
    const { violations } = requestOf({ ...OPTIONS, timeout: "soon" }, read);
    expect(await said(() => Promise.resolve(answer({ items: [] })), violations)).toHaveLength(2);
  });

  test("is only read, in the right namespace", async () => {
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
    const found = await acceptRequest(kubectl, access, { request, violations: [] }, NOW);
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
