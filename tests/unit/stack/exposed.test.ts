import { describe as inWords } from "../../../components/contract/violation";
import { checkStack } from "../../../stack/checks";
import { runProgram as run } from "../support/program-run";
import { only } from "../support/registrations";

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);

const MAIN = { storage: { size: "10Gi" } };
const OFFICE = ["203.0.113.0/24"];
const NODES = { serviceType: "NodePort", sourceRanges: OFFICE };
const exposed = (...externalNames: string[]) => [{ sourceRanges: OFFICE, externalNames }];
const pooler = { cluster: "main", poolMode: "transaction" };

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const SERVICE = "kubernetes:core/v1:Service";
const SERVER = "main-server-tls";

const runProgram = (stack: object) =>
  run(Object.fromEntries(Object.entries(stack).map(([key, part]) => [`ha-postgres:${key}`, part])));

const refusalOf = (stack: Record<string, unknown>) =>
  checkStack(stack, new Set()).violations.map(inWords);

/** The certificates of the database, as its Cluster is declared with them. */
async function certificatesOf(stack: object): Promise<unknown> {
  const { registered, error } = await runProgram(stack);
  expect(error).toBeUndefined();
  const { spec } = only(registered, CLUSTER).inputs as { spec: { certificates?: unknown } };
  return spec.certificates;
}

const ofPooler = (name: string) =>
  ["", ".databases", ".databases.svc", ".databases.svc.cluster.local"].map((end) => name + end);

test("a database and its pooler are exposed, and the operator's certificate has the names of both", async () => {
  const stack = {
    clusters: {
      main: {
        ...MAIN,
        certificates: { externalNames: ["also.example.com"] },
        exposed: exposed("db.example.com"),
      },
    },
    poolers: { "main-pooler": { ...pooler, exposed: exposed("pooled.example.com") } },
  };
  const { registered, error, exported } = await runProgram(stack);
  expect(error).toBeUndefined();
  const endpoint = { port: 5432, addresses: [] };
  expect(exported).toMatchObject({
    clusterEndpoints: {
      main: {
        exposed: [{ ...endpoint, service: "main-exposed-rw", externalNames: ["db.example.com"] }],
      },
    },
    poolerEndpoints: {
      "main-pooler": {
        exposed: [
          { ...endpoint, service: "main-pooler-exposed", externalNames: ["pooled.example.com"] },
        ],
      },
    },
  });
  const services = registered.filter(({ type }) => type === SERVICE);
  expect(services.map(({ name }) => name).sort()).toEqual([
    "main-exposed-rw",
    "main-pooler-exposed",
  ]);
  expect(await certificatesOf(stack)).toEqual({
    serverAltDNSNames: [
      ...ofPooler("main-pooler"),
      "also.example.com",
      "pooled.example.com",
      "db.example.com",
    ],
  });
});

test("names of poolers are in the operator's certificate although the stack has an authority", async () => {
  const stack = {
    certificates: {},
    clusters: { main: { ...MAIN, certificates: false } },
    poolers: { "main-pooler": { ...pooler, exposed: exposed("pooled.example.com") } },
  };
  expect(await certificatesOf(stack)).toEqual({
    serverAltDNSNames: [...ofPooler("main-pooler"), "pooled.example.com"],
  });
});

test("a pooler with a certificate of its own needs no name in the database's", async () => {
  const own = { ...pooler, certificates: { clientTlsSecret: "pooler-tls" } };
  const stack = {
    clusters: { main: MAIN },
    poolers: { "main-pooler": { ...own, exposed: exposed("pooled.example.com", "192.0.2.7") } },
  };
  expect(await certificatesOf(stack)).toEqual({ serverAltDNSNames: ofPooler("main-pooler") });
});

test("the certificate of the stack's authority has the names, and addresses, of all", async () => {
  const { registered, error } = await runProgram({
    certificates: {},
    clusters: {
      main: {
        ...MAIN,
        certificates: { externalNames: ["also.example.com"] },
        exposed: exposed("db.example.com", "192.0.2.7"),
      },
    },
    poolers: { "main-pooler": { ...pooler, exposed: exposed("192.0.2.8") } },
  });
  expect(error).toBeUndefined();
  const request = registered.find(
    ({ type, name }) => type === "tls:index/certRequest:CertRequest" && name.includes("server"),
  );
  const { dnsNames, ipAddresses } = request?.inputs as {
    dnsNames: string[];
    ipAddresses: string[];
  };
  expect(dnsNames.filter((name) => name.endsWith("example.com"))).toEqual([
    "also.example.com",
    "db.example.com",
  ]);
  expect(ipAddresses).toEqual(["192.0.2.8", "192.0.2.7"]);
  const { spec } = only(registered, CLUSTER).inputs as { spec: { certificates: object } };
  expect(spec.certificates).toMatchObject({ serverTLSSecret: SERVER });
  expect(spec.certificates).not.toHaveProperty("serverAltDNSNames");
});

test.each<[what: string, stack: Record<string, unknown>, ...says: string[]]>([
  [
    "a mistake of a component, at its place",
    { clusters: { main: { ...MAIN, exposed: [{}] } } },
    "clusters.main.exposed[0].sourceRanges = (not set): must be an array. Give an array.",
  ],
  [
    "the address of a pooler in the operator's certificate",
    {
      clusters: { main: MAIN },
      poolers: { "main-pooler": { ...pooler, exposed: exposed("p.example.com", "192.0.2.7") } },
    },
    'poolers["main-pooler"].exposed[0].externalNames[1] = "192.0.2.7": is an address, and the certificates that ' +
      "CloudNativePG issues contain only names. Use a name, or certificates of ClusterCertificates (`certificates` of a " +
      "stack), which may have addresses.",
  ],
  [
    "one port of the nodes for two databases",
    {
      clusters: {
        main: { ...MAIN, exposed: [{ ...NODES, port: 30_432 }] },
        ledger: { ...MAIN, exposed: [{ ...NODES, port: 30_432 }] },
      },
    },
    "clusters.ledger.exposed[0].port = 30432: is already the port of clusters.main.exposed[0] on every node. Use another " +
      "one.",
  ],
  [
    "one name for a database and its pooler",
    {
      clusters: { main: { ...MAIN, exposed: exposed("db.example.com") } },
      poolers: { "main-pooler": { ...pooler, exposed: exposed("db.example.com") } },
    },
    'poolers["main-pooler"].exposed[0].externalNames[0] = "db.example.com": is a name of clusters.main.exposed[0] already, ' +
      "which has another address. Use another name for one of the two.",
  ],
  [
    "one Service for two",
    {
      clusters: { main: { ...MAIN, exposed: [{ sourceRanges: OFFICE, name: "x-exposed" }] } },
      poolers: { "main-x": { ...pooler, exposed: exposed() } },
    },
    'poolers["main-x"].exposed[0].name = (not set): makes a Service main-x-exposed, and so does clusters.main.exposed[0] ' +
      "in the same namespace. Set another name.",
  ],
  [
    "the Service of a pooler of another database",
    {
      clusters: { main: { ...MAIN, exposed: exposed() }, ledger: MAIN },
      poolers: { "main-exposed-rw": { ...pooler, cluster: "ledger" } },
    },
    'clusters.main.exposed[0].name = (not set): makes a Service main-exposed-rw, and so does poolers["main-exposed-rw"] in ' +
      "the same namespace. Set another name.",
  ],
  [
    "names for a certificate of another authority",
    {
      clusters: {
        main: {
          ...MAIN,
          certificates: {
            serverTlsSecret: "own-tls",
            serverCaSecret: "own-ca",
            externalNames: ["db.example.com"],
          },
        },
      },
    },
    'clusters.main.certificates.externalNames = ["db.example.com"]: with serverTlsSecret the stack issues no certificate ' +
      "for this database. Add the names to that certificate, or remove the names of Secrets.",
  ],
])("the stack's configuration is refused for %s", (_, stack, ...says) => {
  expect(refusalOf(stack)).toEqual(says);
});

test("ports of the nodes may be Kubernetes' choice, and namespaces keep Services apart", () => {
  const nodes = { ...MAIN, exposed: [NODES] };
  expect(
    refusalOf({
      namespaces: { audit: {} },
      clusters: {
        main: { ...nodes, clusterName: "same" },
        ledger: { ...nodes, clusterName: "same", namespace: "audit" },
      },
    }),
  ).toEqual([]);
});
