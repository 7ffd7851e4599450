/** The way from a cluster to its copy: the cluster goes, and nothing of the copy changes. */
import { runProgram as run, type Run } from "../support/program-run";

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);

const MAIN = {
  storage: { size: "20Gi", storageClass: "fast" },
  walStorage: { size: "6Gi" },
  resources: { cpu: "2", memory: "4Gi" },
  parameters: { max_connections: "320" },
  version: 17,
  nodes: 3,
  database: { name: "orders", owner: "shop" },
  placement: { zoneSpread: "preferred" },
};

const COMMON = {
  platform: { certManager: {}, barmanCloudPlugin: {} },
  secrets: { s3: { external: true } },
  backups: {
    s3Compatible: {
      bucketName: "backups",
      endpointUrl: "https://s3.example.com",
      credentialsSecret: { name: "s3" },
    },
  },
  certificates: {},
};

const runProgram = (stack: object) =>
  run(Object.fromEntries(Object.entries(stack).map(([key, part]) => [`ha-postgres:${key}`, part])));

/** Everything below a component, without what it waits for. */
const below = ({ registered }: Run, component: string) =>
  registered
    .filter(({ parent, id }) => [parent, id].some((one) => one?.endsWith(`::${component}`)))
    .map(({ id, inputs }) => ({ id, inputs }))
    .sort((one, other) => one.id.localeCompare(other.id));

const standaloneOf = ({ exported }: Run, key: string) =>
  (exported as { standalone: Record<string, Record<string, unknown>> }).standalone[key] ?? {};

test.each([
  ["the stack's own namespace", {}, {}],
  [
    "another namespace, with arguments of its own",
    { namespaces: { audit: {} } },
    { nodes: 2, instances: 2 },
  ],
])("a recovery in %s outlives its source as it is", async (_, more, own) => {
  const main = "namespaces" in more ? { ...MAIN, namespace: "audit" } : MAIN;
  const secrets =
    "namespaces" in more
      ? { s3: { external: true, namespaces: ["databases", "audit"] } }
      : COMMON.secrets;
  const common = { ...COMMON, ...more, secrets };
  const target = { time: "2026-11-21T08:00:39Z" };
  const both = await runProgram({
    ...common,
    clusters: { main },
    recoveries: { restored: { source: { cluster: "main" }, target, ...own } },
    aliases: {
      orders: { cluster: "restored", ...("namespaces" in more && { namespace: "audit" }) },
    },
  });
  expect(both.error).toBeUndefined();
  const declared = { target, ...own, ...standaloneOf(both, "restored") };
  expect(declared).toMatchObject({
    source: {
      serverName: expect.stringMatching(/^main-/) as string,
      parameters: { max_connections: "320" },
    },
    database: { name: "orders", owner: "shop" },
    storage: MAIN.storage,
    version: 17,
  });
  const alone = await runProgram({
    ...common,
    recoveries: { restored: declared },
    aliases: {
      orders: { cluster: "restored", ...("namespaces" in more && { namespace: "audit" }) },
    },
  });
  expect(alone.error).toBeUndefined();
  expect(below(alone, "restored")).toEqual(below(both, "restored"));
  expect(below(alone, "orders")).toEqual(below(both, "orders"));
  expect(standaloneOf(alone, "restored")).toEqual({});
});

test("a source with a store of its own is told with it", async () => {
  const store = {
    destinationPath: "s3://elsewhere/",
    endpointUrl: "https://s3.example.com",
    accessKeyId: { name: "s3", key: "ACCESS_KEY_ID" },
    secretAccessKey: { name: "s3", key: "ACCESS_SECRET_KEY" },
  };
  const both = await runProgram({
    ...COMMON,
    clusters: { main: { ...MAIN, backup: { store } } },
    recoveries: { restored: { source: { cluster: "main", maxParallel: 3 } } },
  });
  expect(both.error).toBeUndefined();
  expect(standaloneOf(both, "restored")).toMatchObject({ source: { store, maxParallel: 3 } });
  const alone = await runProgram({
    ...COMMON,
    recoveries: { restored: standaloneOf(both, "restored") },
  });
  expect(alone.error).toBeUndefined();
  expect(below(alone, "restored")).toEqual(below(both, "restored"));
});
