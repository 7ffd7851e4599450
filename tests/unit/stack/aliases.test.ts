import { describe as inWords } from "../../../components/contract/violation";
import { databaseAlias } from "../../../components/postgres/alias/values";
import { checkStack } from "../../../stack/checks";
import { runProgram as run } from "../support/program-run";
import { only, secret, type Registration } from "../support/registrations";

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);

const MAIN = { storage: { size: "10Gi" } };
const ORDERS = { orders: { cluster: "main" } };

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const SECRET = "kubernetes:core/v1:Secret";
const SERVICE = "kubernetes:core/v1:Service";
const REQUEST = "tls:index/certRequest:CertRequest";

const BACKED_UP = {
  platform: { certManager: {}, barmanCloudPlugin: {} },
  backups: {
    s3Compatible: {
      bucketName: "backups",
      endpointUrl: "https://s3.example.com",
      credentialsSecret: { name: "s3" },
    },
  },
};

const runProgram = (stack: object) =>
  run(Object.fromEntries(Object.entries(stack).map(([key, part]) => [`ha-postgres:${key}`, part])));

const refusalOf = (stack: Record<string, unknown>) =>
  checkStack(stack, new Set()).violations.map(inWords);

const selectorsOf = (registered: Registration[]) =>
  Object.fromEntries(
    registered
      .filter(({ type }) => type === SERVICE)
      .map(({ name, inputs }) => [name, (inputs["spec"] as { selector: object }).selector]),
  );

const leadsTo = (cluster: string) => ({
  "orders-r": { "cnpg.io/cluster": cluster, "cnpg.io/podRole": "instance" },
  "orders-ro": {
    "cnpg.io/cluster": cluster,
    "cnpg.io/podRole": "instance",
    "cnpg.io/instanceRole": "replica",
  },
  "orders-rw": {
    "cnpg.io/cluster": cluster,
    "cnpg.io/podRole": "instance",
    "cnpg.io/instanceRole": "primary",
  },
});

const NAMES = ["orders-rw", "orders-ro", "orders-r"].flatMap((service) =>
  ["", ".databases", ".databases.svc", ".databases.svc.cluster.local"].map((end) => service + end),
);

/** The names in the certificates that the stack issues, by the name of their database. */
function issuedNames(registered: Registration[], database: string): string[] {
  const request = registered.find(
    ({ type, name }) => type === REQUEST && name.startsWith(`${database}-server`),
  );
  return (request?.inputs as { dnsNames: string[] }).dnsNames;
}

test("an alias is three Services and a Secret, and its names are in the certificate of its database", async () => {
  const { registered, error, exported } = await runProgram({
    clusters: { main: MAIN },
    aliases: ORDERS,
  });
  expect(error).toBeUndefined();
  expect(selectorsOf(registered)).toEqual(leadsTo("main"));
  const { inputs } = only(registered, SECRET, "orders-credentials");
  expect(inputs).toMatchObject({
    metadata: { name: "orders-app", namespace: "databases" },
    type: "kubernetes.io/basic-auth",
  });
  expect(inputs["stringData"]).toEqual(
    secret(expect.objectContaining({ host: "orders-rw.databases.svc", username: "app" })),
  );
  expect(only(registered, CLUSTER).inputs).toMatchObject({
    spec: { certificates: { serverAltDNSNames: NAMES } },
  });
  expect(exported).toMatchObject({
    aliasEndpoints: {
      orders: {
        cluster: "main",
        namespace: "databases",
        hostRw: "orders-rw.databases.svc",
        hostRo: "orders-ro.databases.svc",
        hostR: "orders-r.databases.svc",
        port: 5432,
        secretName: "orders-app",
      },
    },
  });
});

describe("before and after clients are moved to a recovery", () => {
  const stack = (cluster: string, more: object = {}) => ({
    ...BACKED_UP,
    certificates: {},
    clusters: { main: MAIN, other: MAIN },
    recoveries: { restored: { source: { cluster: "main" } } },
    aliases: { orders: { cluster } },
    ...more,
  });

  test.each(["main", "restored"])(
    "with %s the same objects lead to it, and both certificates have the names, and no other",
    async (cluster) => {
      const { registered, error } = await runProgram(stack(cluster));
      expect(error).toBeUndefined();
      expect(selectorsOf(registered)).toEqual(leadsTo(cluster));
      for (const database of ["main", "restored"]) {
        expect(issuedNames(registered, database)).toEqual(expect.arrayContaining(NAMES));
      }
      expect(issuedNames(registered, "other").filter((name) => NAMES.includes(name))).toEqual([]);
    },
  );

  test("Services and Secret are the same resources", async () => {
    const idsWith = async (cluster: string) =>
      (await runProgram(stack(cluster))).registered
        .filter(({ parent }) => parent === "ha-postgres:index:DatabaseAlias::orders")
        .map(({ id }) => id)
        .sort();
    expect(await idsWith("restored")).toEqual(await idsWith("main"));
  });

  test("a database with its own certificates is left alone", async () => {
    const own = { ...MAIN, certificates: { serverTlsSecret: "tls", serverCaSecret: "ca" } };
    const { registered, error } = await runProgram(
      stack("main", { clusters: { main: own, other: MAIN } }),
    );
    expect(error).toBeUndefined();
    const { spec } = only(registered, CLUSTER, "main-cluster").inputs as { spec: object };
    expect(spec).toMatchObject({
      certificates: { serverTLSSecret: "tls", serverCASecret: "ca" },
    });
  });
});

test.each<[what: string, stack: Record<string, unknown>, ...says: string[]]>([
  [
    "a database that there is not",
    { clusters: { main: MAIN, other: MAIN }, aliases: { orders: { cluster: "mian" } } },
    'aliases.orders.cluster = "mian": names a database that the stack does not declare. ' +
      "Use one of main, other.",
  ],
  [
    "no database",
    { clusters: { main: MAIN }, aliases: { orders: {} } },
    "aliases.orders.cluster = (not set): must be a string. Give a string.",
  ],
  [
    "a database in another namespace",
    {
      namespaces: { audit: {} },
      clusters: { main: { ...MAIN, namespace: "audit" } },
      aliases: ORDERS,
    },
    'aliases.orders.cluster = "main": is in audit, and the Services of the alias are in databases and lead only to pods there. ' +
      "Declare an alias with namespace: audit for that database, to which applications are moved by their configuration.",
  ],
  [
    "a namespace that there is not",
    { clusters: { main: MAIN }, aliases: { orders: { cluster: "main", namespace: "shop" } } },
    'aliases.orders.namespace = "shop": must be the stack\'s namespace or one of namespaces. Declare it: namespaces: { shop: {} }, ' +
      "with create: false if it exists.",
  ],
  [
    "the name of its database",
    { clusters: { main: MAIN }, aliases: { main: { cluster: "main" } } },
    'aliases.main.aliasName = "main": needs a Service named main-rw, and so does clusters.main.clusterName in the same ' +
      "namespace. Use another name for one of the two.",
  ],
  [
    "the name of another database",
    { clusters: { main: MAIN, orders: MAIN }, aliases: ORDERS },
    'aliases.orders.aliasName = "orders": needs a Service named orders-rw, and so does clusters.orders.clusterName in the same ' +
      "namespace. Use another name for one of the two.",
  ],
  [
    "the name of another alias",
    {
      clusters: { main: MAIN },
      aliases: { ...ORDERS, again: { cluster: "main", aliasName: "orders" } },
    },
    'aliases.again.aliasName = "orders": needs a Service named orders-rw, and so does aliases.orders.aliasName in the same ' +
      "namespace. Use another name for one of the two.",
  ],
  [
    "a name that no Service can have",
    { clusters: { main: MAIN }, aliases: { Orders: { cluster: "main" } } },
    'aliases.Orders.aliasName = "Orders": is not a valid name for the Services of an alias. Set aliasName (by default the ' +
      "component's name) to lower-case letters, digits and dashes, a letter first.",
  ],
  [
    "a name that is too long",
    { clusters: { main: MAIN }, aliases: { ["o".repeat(51)]: { cluster: "main" } } },
    `aliases.${"o".repeat(51)}.aliasName = "${"o".repeat(51)}": must have at most 50 characters, not 51: names of Services ` +
      "append to it. Set aliasName (by default the component's name) to 50 characters or fewer.",
  ],
  [
    "a login, which comes from the database",
    { clusters: { main: MAIN }, aliases: { orders: { cluster: "main", credentials: "x" } } },
    'aliases.orders.credentials = "[not shown]": is not an argument, and would do nothing. Remove it; there are cluster, aliasName, ' +
      "labels, namespace.",
  ],
  [
    "the name of a pooler's Service",
    {
      clusters: { main: MAIN },
      poolers: { "orders-rw": { cluster: "main", poolMode: "session" } },
      aliases: ORDERS,
    },
    'aliases.orders.aliasName = "orders": needs a Service named orders-rw, and so does poolers["orders-rw"] in the same ' +
      "namespace. Use another name for one of the two.",
  ],
  [
    "a label of the operator's",
    {
      clusters: { main: MAIN },
      aliases: { orders: { cluster: "main", labels: { "cnpg.io/cluster": "main" } } },
    },
    'aliases.orders.labels["cnpg.io/cluster"] = "main": labels of this domain are set by this component, by the operator or by ' +
      "Kubernetes. Use a label of your own domain, such as example.com/team.",
  ],
])("%s is refused", (_, stack, ...says) => {
  expect(refusalOf(stack)).toEqual(says);
});

test("a component is refused with the name of its cluster", () => {
  const { violations } = databaseAlias.validate("main", { namespace: "shop", cluster: "main" });
  expect(violations.map(inWords)).toEqual([
    'aliasName = "main": is the name of the cluster itself, whose Services it would take over. ' +
      "Set aliasName (by default the component's name) to a name that no cluster will ever have.",
  ]);
});
