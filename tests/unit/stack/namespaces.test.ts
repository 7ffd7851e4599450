import { describe as inWords } from "../../../components/contract/violation";
import { checkStack } from "../../../stack/checks";
import { before, runProgram as run, type Run } from "../support/program-run";
import { only } from "../support/registrations";

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);

const MAIN = { storage: { size: "10Gi" } };

/** Runs the program with these keys of the project. */
const runProgram = (stack: object) =>
  run(Object.fromEntries(Object.entries(stack).map(([key, part]) => [`ha-postgres:${key}`, part])));

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const POOLER = "kubernetes:postgresql.cnpg.io/v1:Pooler";
const ROLE = "kubernetes:rbac.authorization.k8s.io/v1:Role";
const SECRET = "kubernetes:core/v1:Secret";

const placeOf = ({ inputs }: { inputs: Record<string, unknown> }) =>
  (inputs["metadata"] as { namespace: string }).namespace;

test("a namespace that the program creates has the stack's labels and annotations", async () => {
  const { registered, error } = await runProgram({
    clusters: { main: MAIN },
    namespace: {
      name: "shop",
      labels: { "example.com/team": "shop", "pod-security.kubernetes.io/enforce": "baseline" },
      annotations: { "example.com/owner": "jane" },
    },
  });
  expect(error).toBeUndefined();
  expect(only(registered, NAMESPACE, "databases").inputs["metadata"]).toMatchObject({
    name: "shop",
    labels: {
      "app.kubernetes.io/part-of": "ha-postgres",
      "example.com/team": "shop",
      "pod-security.kubernetes.io/enforce": "baseline",
    },
    annotations: { "example.com/owner": "jane" },
  });
});

test("one that exists is only read", async () => {
  const { registered, error } = await runProgram({
    clusters: { main: { ...MAIN, deletionProtection: true } },
    namespace: { name: "shop", create: false },
  });
  expect(error).toBeUndefined();
  const own = registered.filter(({ type, name }) => type === NAMESPACE && name === "databases");
  expect(own).toEqual([]);
  const cluster = only(registered, CLUSTER);
  expect(placeOf(cluster)).toBe("shop");
  const platform = only(registered, "ha-postgres:index:Platform", "platform");
  expect(platform.dependsOn).toEqual([`${NAMESPACE}::databases`]);
});

describe("a stack with databases in several namespaces", () => {
  const stack = {
    namespace: "shop",
    namespaces: { audit: { labels: { "example.com/team": "audit" } }, dr: {} },
    platform: {
      certManager: { install: false },
      barmanCloudPlugin: { install: false },
    },
    backups: {
      s3Compatible: {
        endpointUrl: "https://fra1.example.com",
        bucketName: "backups",
        credentialsSecret: { name: "spaces" },
      },
    },
    certificates: {},
    secrets: { spaces: { external: true, namespaces: ["shop", "audit", "dr"] } },
    access: { viewers: [{ kind: "Group", name: "support" }] },
    clusters: {
      main: MAIN,
      ledger: { ...MAIN, namespace: "audit", clusterName: "main", deletionProtection: true },
    },
    replicas: { standby: { source: { cluster: "main" }, namespace: "dr" } },
    recoveries: { copy: { source: { cluster: "ledger" } } },
    poolers: { "ledger-pooler": { cluster: "ledger", poolMode: "transaction" } },
    watch: {},
  };
  let program: Run;

  beforeAll(async () => {
    program = await runProgram(stack);
  });

  test("creates each, and protects those that hold what is protected", () => {
    const { registered, error } = program;
    expect(error).toBeUndefined();
    const own = registered.filter(
      ({ type, name }) => type === NAMESPACE && name.startsWith("databases"),
    );
    const protection = own.map(({ inputs, name, protect }) => [
      (inputs["metadata"] as { name: string }).name,
      [name, protect],
    ]);
    expect(Object.fromEntries(protection)).toEqual({
      shop: ["databases", undefined],
      audit: ["databases-audit", true],
      dr: ["databases-dr", undefined],
    });
  });

  test("puts each database where it belongs, with its poolers, and copies where their source is", () => {
    const { registered } = program;
    const places = registered
      .filter(({ type }) => type === CLUSTER)
      .map((one) => [one.name, placeOf(one)]);
    expect(Object.fromEntries(places)).toEqual({
      "main-cluster": "shop",
      "ledger-cluster": "audit",
      "standby-cluster": "dr",
      "copy-cluster": "audit",
    });
    expect(placeOf(only(registered, POOLER))).toBe("audit");
    const cluster = only(registered, CLUSTER, "ledger-cluster");
    expect([...before(registered, cluster.id)]).toContain(`${NAMESPACE}::databases-audit`);
  });

  test("lets a replica stream from elsewhere, with Secrets of its own namespace", () => {
    const { registered } = program;
    const { spec } = only(registered, CLUSTER, "standby-cluster").inputs as {
      spec: { externalClusters: unknown[] };
    };
    expect(spec.externalClusters[0]).toMatchObject({
      connectionParameters: { host: "main-rw.shop.svc" },
      sslCert: { name: "standby-replication-tls" },
      sslRootCert: { name: "standby-server-ca" },
    });
    const policy = only(registered, NETWORK_POLICY, "main-network-policy");
    expect(JSON.stringify(policy.inputs)).toContain(
      JSON.stringify({
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "dr" } },
        podSelector: { matchLabels: { "cnpg.io/cluster": "standby" } },
      }),
    );
  });

  test("watches all, and gives access to all", () => {
    const { registered } = program;
    const roles = registered.filter(({ type }) => type === ROLE);
    expect(roles.map((one) => [one.name, placeOf(one)]).sort()).toEqual([
      ["database-access-audit-viewers", "audit"],
      ["database-access-dr-viewers", "dr"],
      ["database-access-viewers", "shop"],
      ["primary-watch-own", "primary-watch"],
      ["primary-watch-watched-0", "shop"],
      ["primary-watch-watched-audit", "audit"],
      ["primary-watch-watched-dr", "dr"],
    ]);
  });
});

test("a namespace with a number for a name is watched like any other", async () => {
  const { registered, error } = await runProgram({
    namespace: "shop",
    namespaces: { "123": {} },
    clusters: { main: MAIN, other: { ...MAIN, namespace: "123" } },
    watch: {},
  });
  expect(error).toBeUndefined();
  const roles = registered.filter(({ type, name }) => type === ROLE && name.includes("watched"));
  expect(roles.map(placeOf).sort()).toEqual(["123", "shop"]);
});

test("the access key of a store is in each namespace that uses it", async () => {
  const { registered, error } = await runProgram({
    namespaces: { audit: {}, empty: {} },
    platform: { certManager: { install: false }, barmanCloudPlugin: { install: false } },
    backups: { awsS3: { user: {} } },
    clusters: { main: MAIN, ledger: { ...MAIN, namespace: "audit" } },
  });
  expect(error).toBeUndefined();
  const secrets = registered.filter(
    ({ type, name }) => type === SECRET && name.startsWith("backups-credentials"),
  );
  expect(secrets.map((one) => [one.name, placeOf(one)]).sort()).toEqual([
    ["backups-credentials", "databases"],
    ["backups-credentials-audit", "audit"],
  ]);
});

test("the role of a store trusts the service accounts of each namespace that uses it", async () => {
  const arn = "arn:aws:iam::123456789012:oidc-provider/oidc.example.com";
  const { registered, error } = await runProgram({
    namespaces: { audit: {} },
    platform: { certManager: { install: false }, barmanCloudPlugin: { install: false } },
    backups: { awsS3: { role: { oidcProviderArn: arn } } },
    clusters: { main: MAIN, ledger: { ...MAIN, namespace: "audit" } },
  });
  expect(error).toBeUndefined();
  const { assumeRolePolicy } = only(registered, "aws:iam/role:Role").inputs;
  expect(assumeRolePolicy).toContain(
    '"oidc.example.com:sub":["system:serviceaccount:databases:main","system:serviceaccount:audit:ledger"]',
  );
});

/** A stack, and all of its violations. */
const mistakes: Record<string, [stack: Record<string, unknown>, ...says: string[]]> = {
  "a misspelt setting": [
    { clusters: { main: MAIN }, namespace: { name: "shop", crate: false } },
    'namespace.crate = "[not shown]": is not an argument, and would do nothing. Did you mean `create`? If not, remove it.',
  ],
  "a name that Kubernetes rejects": [
    { clusters: { main: MAIN }, namespace: { name: "My_Shop" } },
    'namespace.name = "My_Shop": is not a valid name of a Kubernetes namespace. Use at most 63 lower-case letters, digits and dashes.',
  ],
  "another name that Kubernetes rejects": [
    { clusters: { main: MAIN }, namespaces: { "My Shop": {} } },
    'namespaces["My Shop"] = "My Shop": is not a valid name of a Kubernetes namespace. Use at most 63 lower-case letters, digits and dashes.',
  ],
  "labels of one that exists": [
    {
      clusters: { main: MAIN },
      namespace: { name: "shop", create: false, labels: { "example.com/team": "shop" } },
    },
    'namespace.labels = "[not shown]": must not be set with create: false: nothing of an existing namespace is changed. Set them where the namespace is created.',
  ],
  "annotations of one that exists": [
    { clusters: { main: MAIN }, namespaces: { shop: { create: false, annotations: {} } } },
    'namespaces.shop.annotations = "[not shown]": must not be set with create: false: nothing of an existing namespace is changed. Set them where the namespace is created.',
  ],
  "a label that others set": [
    {
      clusters: { main: MAIN },
      namespaces: { shop: { labels: { "kubernetes.io/metadata.name": "x" } } },
    },
    'namespaces.shop.labels["kubernetes.io/metadata.name"] = "x": labels of this domain are set by this component, by the operator or by Kubernetes. Use a label of your own domain, such as example.com/team.',
  ],
  "an annotation that Kubernetes rejects": [
    { clusters: { main: MAIN }, namespace: { annotations: { "the owner": "jane" } } },
    'namespace.annotations["the owner"] = "jane": is not a valid annotation in Kubernetes. Use up to 63 letters, digits, `-`, `_` and `.` for its name, with a domain before it.',
  ],
  "one that Kubernetes has": [
    { clusters: { main: MAIN }, namespace: { name: "kube-system", create: false } },
    'namespace.name = "kube-system": belongs to Kubernetes, with which databases must not share their Secrets and their limits. Use a separate namespace for the databases, such as "databases".',
  ],
  "one of an operator": [
    { clusters: { main: MAIN }, namespaces: { "cnpg-system": {} } },
    'namespaces["cnpg-system"] = "cnpg-system": belongs to platform.cloudNativePg, and the stack creates a namespace for its databases alone. Use a separate namespace for the databases, such as "databases".',
  ],
  "the stack's own again": [
    { clusters: { main: MAIN }, namespace: "shop", namespaces: { shop: { create: false } } },
    'namespaces.shop = "[not shown]": is the stack\'s own namespace, which is declared in namespace. Move it there: namespace: { name: shop, ... }.',
  ],
  "a database in one that is not declared": [
    { clusters: { main: { ...MAIN, namespace: "shop" } } },
    'clusters.main.namespace = "shop": must be the stack\'s namespace or one of namespaces. Declare it: namespaces: { shop: {} }, with create: false if it exists.',
  ],
  "a database in a misspelt one": [
    { clusters: { main: { ...MAIN, namespace: "audti" } }, namespaces: { audit: {} } },
    'clusters.main.namespace = "audti": must be the stack\'s namespace or one of namespaces. Did you mean `audit`? If not, declare it: namespaces: { audti: {} }, with create: false if it exists.',
  ],
  "a replica that streams from elsewhere without an authority of both": [
    {
      namespaces: { dr: {} },
      platform: { certManager: {}, barmanCloudPlugin: {} },
      backups: { awsS3: {} },
      clusters: { main: MAIN },
      replicas: { standby: { source: { cluster: "main" }, namespace: "dr" } },
    },
    "replicas.standby.connection = (not set): cannot be made: the certificates of clusters.main are Secrets of another namespace, which no pod can read. Declare certificates of the stack, which both then have; or set false for the archive alone, or a connection with Secrets of its own namespace.",
  ],
  "an Issuer for another namespace": [
    {
      namespaces: { audit: {} },
      platform: { certManager: {} },
      certificates: { authority: { certManager: { kind: "Issuer" } } },
      clusters: { main: MAIN, ledger: { ...MAIN, namespace: "audit" } },
    },
    'certificates.authority.certManager.kind = "Issuer": issues in databases alone, and clusters.ledger is in audit. Use ClusterIssuer, or certificates of its own for that database.',
  ],
  "the watch's own": [
    { clusters: { main: MAIN }, namespaces: { "primary-watch": {} }, watch: {} },
    'watch.namespace = "primary-watch": belongs to the stack\'s databases, and the watch creates a namespace for itself alone. Use a separate namespace for the watch, such as "watch".',
  ],
  "experiments in one that exists": [
    {
      namespace: { create: false },
      platform: { chaosMesh: {} },
      clusters: { main: MAIN },
      chaos: { main: { lasts: "1h" } },
    },
    'chaos.main = "main": needs an annotation of the namespace databases, which the stack does not create and leaves as it is. Try it in a namespace that the stack creates.',
  ],
  "two databases of one name in it": [
    {
      namespaces: { audit: {} },
      clusters: {
        main: { ...MAIN, namespace: "audit" },
        ledger: { ...MAIN, namespace: "audit", clusterName: "main" },
      },
    },
    'clusters.ledger.clusterName = "main": is already the name of clusters.main in the same namespace. Use another name.',
  ],
};

test.each(Object.entries(mistakes))("%s is refused", (_, [stack, ...says]) => {
  const { violations } = checkStack(stack, new Set());
  expect(violations.map(inWords)).toEqual(says);
});

test("an experiment opens only the namespace of its database", async () => {
  const { registered, error } = await runProgram({
    namespaces: { drill: {} },
    platform: { chaosMesh: { install: false } },
    clusters: {
      main: { ...MAIN, deletionProtection: true },
      toy: { ...MAIN, namespace: "drill" },
    },
    chaos: { toy: { lasts: "1h" } },
  });
  expect(error).toBeUndefined();
  const annotationsOf = (name: string) =>
    (only(registered, NAMESPACE, name).inputs["metadata"] as { annotations?: unknown }).annotations;
  expect(annotationsOf("databases")).toBeUndefined();
  expect(annotationsOf("databases-drill")).toEqual({ "chaos-mesh.org/inject": "enabled" });
});
