/** Two clusters of a stack that exchange their roles. */
import { describe as inWords } from "../../../components/contract/violation";
import { checkStack } from "../../../stack/checks";
import { crdErrors } from "../support/crd-schema";
import { before, DEMOTION_TOKEN, runProgram as run } from "../support/program-run";
import { only, type Registration } from "../support/registrations";

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const STORE = "kubernetes:barmancloud.cnpg.io/v1:ObjectStore";

const MAIN = { storage: { size: "10Gi" } };
const PAIR = { cluster: "standby", serverName: "standby-00c0ffee", enabled: false };
const TOKEN = DEMOTION_TOKEN;

const base = (main: object, standby: object = {}, more: object = {}) => ({
  platform: { certManager: {}, barmanCloudPlugin: {} },
  secrets: { s3: { external: true, namespaces: ["databases", "dr"] } },
  namespaces: { dr: {} },
  backups: {
    s3Compatible: {
      bucketName: "backups",
      endpointUrl: "https://s3.example.com",
      credentialsSecret: { name: "s3" },
    },
  },
  certificates: {},
  clusters: { main: { ...MAIN, ...main } },
  replicas: { standby: { source: { cluster: "main" }, namespace: "dr", ...standby } },
  ...more,
});

const runProgram = (stack: object) =>
  run(Object.fromEntries(Object.entries(stack).map(([key, part]) => [`ha-postgres:${key}`, part])));

const specOf = (registered: Registration[], name: string) =>
  (only(registered, CLUSTER, `${name}-cluster`).inputs as { spec: Record<string, unknown> }).spec;

const waitedFor = (registered: Registration[], name: string) =>
  JSON.parse(
    (
      only(registered, CLUSTER, `${name}-cluster`).inputs as {
        metadata: { annotations: Record<string, string> };
      }
    ).metadata.annotations["pulumi.com/waitFor"] ?? "[]",
  ) as string[];

const checked = (stack: Record<string, unknown>) => checkStack(stack, new Set());
const refusalOf = (stack: Record<string, unknown>) => checked(stack).violations.map(inWords);

const CONNECTION = {
  connectionParameters: {
    host: "standby-rw.dr.svc",
    port: "5432",
    user: "streaming_replica",
    dbname: "postgres",
    sslmode: "verify-full",
  },
  sslRootCert: { name: "main-server-ca", key: "ca.crt" },
  sslCert: { name: "main-replication-tls", key: "tls.crt" },
  sslKey: { name: "main-replication-tls", key: "tls.key" },
};

describe("a pair", () => {
  test("knows each other before any switchover", async () => {
    const { registered, error } = await runProgram(base({ replica: PAIR }));
    expect(error).toBeUndefined();
    const spec = specOf(registered, "main");
    expect(spec["replica"]).toEqual({ enabled: false, source: "origin" });
    expect(spec["externalClusters"]).toEqual([
      {
        name: "origin",
        plugin: {
          name: "barman-cloud.cloudnative-pg.io",
          enabled: true,
          isWALArchiver: false,
          parameters: { barmanObjectName: "main-source", serverName: "standby-00c0ffee" },
        },
        ...CONNECTION,
      },
    ]);
    expect(spec["postgresql"]).toHaveProperty("synchronous");
    expect(crdErrors("Cluster", only(registered, CLUSTER, "main-cluster").inputs)).toEqual([]);
    expect(only(registered, STORE, "main-source").inputs).toMatchObject({
      metadata: { name: "main-source", namespace: "databases" },
    });
    const { ingress } = (
      only(registered, NETWORK_POLICY, "standby-network-policy").inputs as {
        spec: { ingress: { from: object[] }[] };
      }
    ).spec;
    expect(JSON.stringify(ingress)).toContain('"cnpg.io/cluster":"main"');
    expect(() => registered.map(({ id }) => before(registered, id))).not.toThrow();
  });

  test("changes its roles in one deployment: the replica gets the token, and waits for it", async () => {
    const { registered, error } = await runProgram(
      base({ replica: { ...PAIR, enabled: true } }, { promote: true }),
    );
    expect(error).toBeUndefined();
    const main = specOf(registered, "main");
    expect(main["replica"]).toEqual({ enabled: true, source: "origin" });
    expect(main["postgresql"]).not.toHaveProperty("synchronous");
    expect(waitedFor(registered, "main")).toContain("jsonpath={.status.demotionToken}");
    const standby = specOf(registered, "standby");
    expect(standby["replica"]).toEqual({
      enabled: false,
      source: "origin",
      promotionToken: TOKEN,
    });
    expect(standby["postgresql"]).toHaveProperty("synchronous");
    expect(waitedFor(registered, "standby")).toHaveLength(2);
  });

  test("changes them back with the token of the replica", async () => {
    const stack = base({ replica: { ...PAIR, promotionToken: TOKEN } }, { promote: false });
    const { registered, error } = await runProgram(stack);
    expect(error).toBeUndefined();
    expect(specOf(registered, "main")["replica"]).toEqual({
      enabled: false,
      source: "origin",
      promotionToken: TOKEN,
    });
    expect(specOf(registered, "standby")["replica"]).toEqual({ enabled: true, source: "origin" });
  });

  test("has what is in the demoted one as it was, since nothing there can be changed", async () => {
    const content = {
      roles: [{ name: "reader", grants: [{ access: "read-only" }] }],
      databases: [{ name: "audit" }],
    };
    const registeredOf = async (enabled: boolean) => {
      const main = { ...content, replica: { ...PAIR, enabled } };
      const { registered, error } = await runProgram(base(main, { promote: enabled }));
      expect(error).toBeUndefined();
      return registered;
    };
    const [primary, demoted] = [await registeredOf(false), await registeredOf(true)];
    const inside = (registered: Registration[]) =>
      registered.filter(({ name }) => /^main-(role|database|grants)/.test(name));
    expect(inside(primary).map(({ id }) => id)).toEqual(inside(demoted).map(({ id }) => id));
    expect(inside(primary).length).toBeGreaterThan(2);
    expect(new Set(inside(primary).map(({ ignoreChanges }) => ignoreChanges))).toEqual(
      new Set([undefined]),
    );
    for (const { ignoreChanges } of inside(demoted)) {
      expect(ignoreChanges).toEqual(["metadata", "spec"]);
    }
  });

  test("keeps the Secrets of poolers and aliases through each step of a switchover", async () => {
    const near = { namespace: "databases", backup: { generation: "1" } };
    const { cluster } = PAIR;
    const more = {
      aliases: { orders: { cluster: "standby" }, shop: { cluster: "main" } },
      poolers: {
        "main-pooler": { cluster: "main", poolMode: "session" },
        "standby-pooler": { cluster: "standby", poolMode: "session" },
      },
    };
    const secretsOf = async (replica: object, promote: boolean) => {
      const stack = base({ replica: { cluster, ...replica } }, { ...near, promote }, more);
      const { registered, error } = await runProgram(stack);
      expect(error).toBeUndefined();
      return registered
        .filter(({ type }) => type === "kubernetes:core/v1:Secret")
        .map(({ inputs }) => (inputs["metadata"] as { name: string }).name)
        .filter((name) => name.endsWith("-app"))
        .sort();
    };
    const all = ["main", "main-pooler", "orders", "shop", "standby", "standby-pooler"];
    const names = all.map((name) => `${name}-app`);
    expect(await secretsOf({ enabled: false }, false)).toEqual(names);
    expect(await secretsOf({ enabled: true }, true)).toEqual(names);
    expect(await secretsOf({ enabled: true }, false)).toEqual(names);
    expect(await secretsOf({ enabled: false, promotionToken: TOKEN }, false)).toEqual(names);
  });

  test("has the identity and the label of the other one's store", async () => {
    const azure = { clientId: "00000000-0000-0000-0000-000000000001" };
    const destinationPath = "https://orders.blob.core.windows.net/backups";
    const source = { serverName: "x-1", store: { destinationPath, azure } };
    const { registered, error } = await runProgram(
      base({ replica: { source, enabled: false } }, {}, { replicas: {} }),
    );
    expect(error).toBeUndefined();
    expect(specOf(registered, "main")).toMatchObject({
      serviceAccountTemplate: {
        metadata: { annotations: { "azure.workload.identity/client-id": azure.clientId } },
      },
      inheritedMetadata: { labels: { "azure.workload.identity/use": "true" } },
    });
  });

  test("reads the stack's store in its own namespace, even if it has another store itself", async () => {
    const store = { destinationPath: "s3://own/" };
    const all = base({ namespace: "apart", backup: { store }, replica: PAIR });
    const { registered, error } = await runProgram({
      ...all,
      namespaces: { dr: {}, apart: {} },
      secrets: { s3: { external: true, namespaces: ["databases", "dr", "apart"] } },
    });
    expect(error).toBeUndefined();
    expect(only(registered, STORE, "main-source").inputs["spec"]).toMatchObject({
      configuration: { destinationPath: "s3://backups" },
    });
  });

  test("may have an archive of the same name in another store", () => {
    const source = { serverName: "main-1", store: { destinationPath: "s3://other/" } };
    const stack = base(
      { backup: { generation: "1" }, replica: { source, enabled: false } },
      {},
      { replicas: {} },
    );
    expect(refusalOf(stack)).toEqual([]);
  });

  test("streams by the operator's certificates with further names, too", async () => {
    const { cluster, enabled } = PAIR;
    const all = base(
      { replica: { cluster, enabled } },
      {
        namespace: "databases",
        backup: { generation: "1" },
        certificates: { externalNames: ["db.example.com"] },
      },
    );
    const { registered } = await runProgram(
      Object.fromEntries(Object.entries(all).filter(([key]) => key !== "certificates")),
    );
    const [origin] = specOf(registered, "main")["externalClusters"] as Record<string, object>[];
    expect(origin).toMatchObject({ sslRootCert: { name: "standby-ca" } });
  });

  test("is warned about while nobody takes writes", () => {
    const { violations, warnings } = checked(
      base({ replica: { ...PAIR, enabled: true } }, { promote: false }),
    );
    expect(violations).toEqual([]);
    expect(warnings).toEqual([
      "clusters.main and replicas.standby are both replicas: nobody takes writes until one of them is promoted with the demotion " +
        "token of the other.",
    ]);
  });

  test("promotes the replica of a primary that is lost, which stays as it is", async () => {
    const stack = base({ replica: PAIR }, { promote: true, promoteWithoutToken: true });
    const { registered, error } = await runProgram(stack);
    expect(error).toBeUndefined();
    const before = await runProgram(base({ replica: PAIR }));
    expect(only(registered, CLUSTER, "main-cluster")).toEqual(
      only(before.registered, CLUSTER, "main-cluster"),
    );
    expect(specOf(registered, "standby")["replica"]).toEqual({ enabled: false, source: "origin" });
    expect(only(registered, CLUSTER, "standby-cluster").inputs).toMatchObject({
      metadata: { annotations: { "ha-postgres/promote-without-token": "true" } },
    });
    expect(checked(stack).warnings).toEqual([
      "replicas.standby is promoted as if clusters.main were lost: that one must not be written any more, should it come back. " +
        "Remove it from the stack, see docs/guides/disaster.md.",
    ]);
  });

  test("promotes a demoted primary whose replica is lost", async () => {
    const stack = base({ replica: { ...PAIR, promoteWithoutToken: true } });
    const { registered, error } = await runProgram(stack);
    expect(error).toBeUndefined();
    expect(specOf(registered, "main")["replica"]).toEqual({ enabled: false, source: "origin" });
    expect(only(registered, CLUSTER, "main-cluster").inputs).toMatchObject({
      metadata: { annotations: { "ha-postgres/promote-without-token": "true" } },
    });
  });

  test("of a chosen generation needs no name, and streams by the operator's certificates", async () => {
    const { cluster, enabled } = PAIR;
    const all = base(
      { replica: { cluster, enabled } },
      { namespace: "databases", backup: { generation: "1" } },
    );
    const { registered, error } = await runProgram(
      Object.fromEntries(Object.entries(all).filter(([key]) => key !== "certificates")),
    );
    expect(error).toBeUndefined();
    const [origin] = specOf(registered, "main")["externalClusters"] as Record<string, object>[];
    expect(origin).toMatchObject({
      plugin: { parameters: { serverName: "standby-1" } },
      connectionParameters: { host: "standby-rw.databases.svc" },
      sslRootCert: { name: "standby-ca" },
      sslCert: { name: "standby-replication" },
    });
  });

  test("with an archive of another stack follows that alone", async () => {
    const source = { serverName: "orders-00c0ffee", store: { destinationPath: "s3://other/" } };
    const { registered, error } = await runProgram(
      base({ replica: { source, enabled: true } }, {}, { replicas: {} }),
    );
    expect(error).toBeUndefined();
    const [origin] = specOf(registered, "main")["externalClusters"] as Record<string, object>[];
    expect(Object.keys(origin ?? {})).toEqual(["name", "plugin"]);
  });
});

test.each<[what: string, stack: Record<string, unknown>, ...says: string[]]>([
  [
    "a pair with nobody",
    base({ replica: { enabled: true } }),
    'clusters.main.replica = "[not shown]": must name the other cluster, whose archive a demoted one follows. Set ' +
      "replica.cluster, a key of replicas, or replica.source, an archive of another stack.",
  ],
  [
    "a pair with two",
    base({
      replica: {
        ...PAIR,
        source: { serverName: "x-1", store: { destinationPath: "s3://other/" } },
      },
    }),
    'clusters.main.replica.source = "[not shown]": must not be set together with replica.cluster. Remove one of them.',
  ],
  [
    "the name of an archive twice",
    base({
      replica: {
        enabled: false,
        serverName: "x-2",
        source: { serverName: "x-1", store: { destinationPath: "s3://other/" } },
      },
    }),
    'clusters.main.replica.serverName = "[not shown]": is for replica.cluster; an archive of another stack is named in ' +
      "replica.source. Remove it.",
  ],
  [
    "a replica that there is not",
    base({ replica: { ...PAIR, cluster: "stanby" } }),
    'clusters.main.replica.cluster = "stanby": names a replica that the stack does not declare. Use standby.',
  ],
  [
    "a cluster in the place of a replica",
    { ...base({ replica: { ...PAIR, cluster: "main" } }), replicas: {} },
    'clusters.main.replica.cluster = "main": must be one of replicas: only a replica can take over the role of its source. ' +
      "Declare one in replicas, with this cluster as its source.cluster.",
  ],
  [
    "a replica of another cluster",
    base(
      { replica: PAIR },
      { source: { cluster: "other" }, namespace: "dr" },
      { clusters: { main: { ...MAIN, replica: PAIR }, other: MAIN } },
    ),
    'clusters.main.replica.cluster = "standby": must follow clusters.main, and replicas.standby comes from elsewhere. ' +
      "Set replicas.standby.source.cluster: main, or name a replica of clusters.main.",
  ],
  [
    "a replica without an archive, which a demoted cluster could not follow",
    base({ replica: PAIR }, { backup: false }),
    'clusters.main.replica.cluster = "standby": needs backups of replicas.standby, which has none: a demoted cluster follows its ' +
      "archive. Add backups of replicas.standby.",
  ],
  [
    "an archive that nobody knows yet",
    base({ replica: { cluster: "standby", enabled: false } }),
    "clusters.main.replica.serverName = (not set): must be the name of the archive of replicas.standby, which only its deployment " +
      "tells. Deploy replicas.standby first; then it is backupServerName of standby in `pulumi stack output clusterEndpoints`.",
  ],
  [
    "a token for a replica",
    base({ replica: { ...PAIR, enabled: true, promotionToken: TOKEN } }, { promote: true }),
    'clusters.main.replica.promotionToken = "[not shown]": is for the promotion, and CloudNativePG refuses it for a replica. ' +
      "Remove it; set it together with enabled: false.",
  ],
  [
    "a demotion that would leave the next promotion without a token",
    base({ replica: { ...PAIR, enabled: true, promoteWithoutToken: true } }, { promote: true }),
    'clusters.main.replica.promoteWithoutToken = "[not shown]": is for the promotion alone: left there, it would allow the next one, too. ' +
      "Remove it; set it together with enabled: false if the other cluster is lost.",
  ],
  [
    "a promotion without a token and with one",
    base({ replica: { ...PAIR, promotionToken: TOKEN, promoteWithoutToken: true } }),
    'clusters.main.replica.promoteWithoutToken = "[not shown]": must not be set together with promotionToken, with which nothing is lost. ' +
      "Remove it.",
  ],
  [
    "two primaries",
    base({ replica: PAIR }, { promote: true }),
    "replicas.standby.promote = true: would make a second primary beside clusters.main, and both would be written. Set " +
      "clusters.main.replica.enabled: true in the same deployment, which demotes it; if it is lost, leave it as it is and set " +
      "promoteWithoutToken: true.",
  ],
  [
    "a primary that is too small to follow its replica",
    base({ replica: PAIR }, { parameters: { max_connections: "300" } }),
    'clusters.main.parameters.max_connections = "100": must be at least 300, that of replicas.standby: demoted, the cluster would ' +
      'not follow it. Set it to "300", or the other one to less.',
  ],
  [
    "an import in the place of a replica",
    base(
      { replica: { ...PAIR, cluster: "moved" } },
      {},
      {
        replicas: {},
        imports: {
          moved: {
            storage: { size: "10Gi" },
            server: {
              host: "db.example.com",
              user: "postgres",
              passwordSecret: { name: "s3", key: "x" },
            },
            import: { databases: ["shop"] },
            database: { name: "shop", owner: "shop" },
          },
        },
      },
    ),
    'clusters.main.replica.cluster = "moved": must be one of replicas: only a replica can take over the role of its source. ' +
      "Declare one in replicas, with this cluster as its source.cluster.",
  ],
  [
    "a store that nobody logs in to",
    base({
      replica: {
        enabled: false,
        source: {
          serverName: "x-1",
          store: {
            destinationPath: "s3://other/",
            accessKeyId: { name: "s3", key: "id" },
          },
        },
      },
    }),
    "clusters.main.replica.source.store.secretAccessKey = (not set): must be set: an access key has two parts, and only the " +
      "other is set. Refer to the key of the Secret that contains it, or remove the other one.",
  ],
  [
    "two roles of one service account",
    base({
      backup: {
        store: { destinationPath: "s3://own/", roleArn: "arn:aws:iam::123456789012:role/a" },
      },
      replica: {
        enabled: false,
        source: {
          serverName: "x-1",
          store: { destinationPath: "s3://other/", roleArn: "arn:aws:iam::123456789012:role/b" },
        },
      },
    }),
    'clusters.main.replica.source.store.roleArn = "arn:aws:iam::123456789012:role/b": must be backup.store.roleArn: the cluster ' +
      "has one role for both stores. Use one role that reads this store and writes the other, or use an access key here.",
  ],
  [
    "the archive of the cluster itself",
    base({ backup: { generation: "1" }, replica: { ...PAIR, serverName: "main-1" } }),
    'clusters.main.replica.source.serverName = "main-1": is the archive of the cluster itself, in which nothing of the other one ' +
      "arrives. Use backupServerName of the other cluster.",
  ],
  [
    "a demotion without an archive of its own",
    base(
      {
        backup: false,
        replica: {
          enabled: true,
          source: { serverName: "x-1", store: { destinationPath: "s3://other/" } },
        },
      },
      {},
      { replicas: {} },
    ),
    'clusters.main.replica = "[not shown]": needs an archive of the cluster itself: the other one gets from it what was written ' +
      "last. Add backup, or remove it.",
  ],
  [
    "a pair of which it is not said who is the primary",
    base({ replica: { cluster: "standby", serverName: "standby-00c0ffee" } }),
    "clusters.main.replica.enabled = (not set): must be a boolean. Give a boolean.",
  ],
])("%s is refused", (_, stack, ...says) => {
  expect(refusalOf(stack)).toEqual(says);
});
