import { globSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { z } from "zod";
import * as components from "../../../../components";
import { dropUndefined } from "../../../../components/contract/drop-undefined";
import { AWS, computed, ELSEWHERE } from "../../support/backup-fixtures";
import { certificateFixture } from "../../support/certificate-fixtures";
import { MONITORED } from "../../support/monitoring-fixtures";
import { registrations, type Registration } from "../../support/registrations";
import { rsaKey } from "../../support/sealing-keys";

jest.mock("../../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../../support/small-definitions"),
);

type Component = new (name: string, args: unknown) => pulumi.ComponentResource;

/** Every component that the package exports, by its name. */
const COMPONENTS = Object.fromEntries(
  Object.entries(components).filter(
    ([, exported]) =>
      typeof exported === "function" && exported.prototype instanceof pulumi.ComponentResource,
  ),
) as unknown as Record<string, Component>;

const ROOT = join(__dirname, "../../../../components");

/** The names of all arguments, and one that does not exist. */
const NAMES = [
  ...new Set([
    ...globSync("**/{schema,store-schema}.ts", { cwd: ROOT })
      .flatMap((file) =>
        Object.values(jest.requireActual<Record<string, unknown>>(join(ROOT, file))),
      )
      .flatMap(namesIn),
    "thereIsNoSuchArgument",
  ]),
];

function namesIn(schema: unknown): string[] {
  if (schema instanceof z.ZodOptional) return namesIn(schema.unwrap());
  if (schema instanceof z.ZodArray) return namesIn(schema.element);
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, part]) => [name, ...namesIn(part)]);
}

const SIZES = { cpu: "1", memory: "1Gi" };

/** A database with every object that its arguments can have, as empty as possible. */
const DATABASE = {
  namespace: "shop",
  storage: { size: "100Gi" },
  walStorage: { size: "20Gi" },
  resources: { cpu: "2", memory: "8Gi" },
  parameters: { work_mem: "8MB" },
  synchronous: {},
  placement: {},
  roles: [{ name: "reader", login: true }],
  databases: [{ name: "audit" }],
  certificates: {},
  networkPolicy: { clients: [{ podSelector: {} }] },
  monitoring: { alerts: { volumeUsage: {}, connectionUsage: {}, severities: {} } },
  backup: { store: ELSEWHERE, tags: { team: "shop" }, sidecarResources: SIZES },
  mirror: {},
  labels: { "example.com/team": "shop" },
};

const ARCHIVED = {
  ...DATABASE,
  source: { store: AWS, serverName: "main-1f0c9a2e" },
  database: { name: "orders", owner: "orders" },
  backup: { store: AWS },
};

const IMAGES = [
  {
    major: 18,
    image: `registry.example/postgresql:18.6@sha256:${"0".repeat(64)}`,
    extensions: [{ name: "vector", image: `registry.example/vector@sha256:${"0".repeat(64)}` }],
  },
];

/** Arguments of each component, with objects to which keys are added. */
const ARGUMENTS: Record<string, () => unknown> = {
  BackupBucket: () => ({
    retentionDays: 30,
    objectLock: { days: 30 },
    glacier: { afterDays: 90 },
    user: { namespace: "shop" },
    tags: { team: "shop" },
  }),
  BarmanCloudPlugin: () => ({ resources: SIZES, chart: {}, mirror: {}, values: { a: { b: 1 } } }),
  CertManager: () => ({ resources: SIZES, chart: {}, mirror: {}, values: { webhook: {} } }),
  CertificateAuthority: () => ({ intermediate: {}, certManager: { namespace: "cert-manager" } }),
  ChaosMesh: () => ({ chart: {}, mirror: {}, values: { dashboard: {} } }),
  CloudNativePgOperator: () => ({
    resources: SIZES,
    image: {},
    chart: {},
    mirror: {},
    values: { config: { data: {} } },
  }),
  ClusterCertificates: () => ({
    namespace: "shop",
    clusterName: "orders",
    ca: authority,
    poolers: ["orders-pooler"],
    users: ["reader"],
  }),
  ClusterImageCatalog: () => ({ images: IMAGES, componentImages: {}, mirror: {}, labels: {} }),
  ClusterMonitoring: () => ({
    ...MONITORED,
    replica: {},
    alerts: { volumeUsage: {}, connectionUsage: {}, severities: {} },
  }),
  DatabaseAccess: () => ({
    namespace: "shop",
    admins: [{ kind: "Group", name: "dba" }],
    operators: [{ kind: "ServiceAccount", name: "deployer", namespace: "ci" }],
    viewers: [{ kind: "User", name: "jane" }],
    secrets: ["orders-app"],
  }),
  DatabaseAlias: () => ({
    namespace: "shop",
    cluster: "main",
    credentials: { username: "app", password: "p", database: "app" },
    labels: {},
  }),
  ImageCatalog: () => ({ namespace: "shop", images: IMAGES, componentImages: {} }),
  ImportedCluster: () => ({
    ...DATABASE,
    server: { host: "db", user: "app", passwordSecret: { name: "a", key: "b" } },
    database: { name: "app", owner: "app" },
    import: {},
  }),
  LeafCertificate: () => ({
    namespace: "shop",
    ca: authority,
    usage: "server",
    dnsNames: ["shop.example"],
    labels: {},
  }),
  OnDemandBackup: () => ({ namespace: "shop", cluster: "orders" }),
  Platform: () => ({
    mirror: {},
    cloudNativePg: { resources: SIZES },
    certManager: {},
    barmanCloudPlugin: {},
    sealedSecrets: {},
    rookCephOperator: {},
    rookCeph: { storage: { deviceFilter: "^nvme[1-9]" } },
    prometheusStack: { prometheus: { storage: { size: "10Gi" } } },
    chaosMesh: {},
    traefik: {},
  }),
  PostgresCluster: () => ({ ...DATABASE, database: { name: "orders", extensions: ["pg_trgm"] } }),
  PrimaryWatch: () => ({
    namespaces: ["shop"],
    resources: SIZES,
    mirror: {},
    monitoring: { alerts: { severities: {} } },
  }),
  LogicalBackup: () => ({
    namespace: "shop",
    cluster: "main",
    database: "orders",
    store: { destinationPath: "s3://backups", region: "eu-central-1" },
    volume: { size: "20Gi", storageClass: "local" },
    resources: SIZES,
    mirror: {},
    monitoring: { severities: {}, ageHours: 30 },
  }),
  PostgresImage: () => ({
    repository: "registry.example/postgresql",
    packages: ["postgresql-18-cron"],
    files: {},
    mirror: {},
    registries: [{ address: "registry.example", username: "ci", password: "token" }],
  }),
  PostgresPooler: () => ({
    namespace: "shop",
    cluster: "main",
    poolMode: "transaction",
    maxConnections: 200,
    parameters: { max_client_conn: "500" },
    resources: SIZES,
    placement: {},
    networkPolicy: {},
    certificates: {},
    monitoring: { alerts: { severities: {} } },
    mirror: {},
    labels: {},
  }),
  PrimaryChaos: () => ({ namespace: "shop", cluster: "orders", lasts: "8h" }),
  PrometheusStack: () => ({
    prometheus: { storage: { size: "10Gi" } },
    alertmanager: { storage: { size: "1Gi" } },
    grafana: {},
    chart: {},
    mirror: {},
  }),
  RecoveryCluster: () => ({ ...ARCHIVED, target: {} }),
  ReplicaCluster: () => ({
    ...ARCHIVED,
    connection: {
      host: "orders-rw.shop.svc",
      serverCaSecret: "orders-ca",
      replicationTlsSecret: "orders-replication",
    },
  }),
  RookCeph: () => ({
    storage: { deviceFilter: "^nvme[1-9]" },
    blockPool: {},
    filesystem: {},
    resources: {},
    mirror: {},
  }),
  RookCephOperator: () => ({ resources: SIZES, chart: {}, mirror: {} }),
  S3CompatibleStore: () => ({
    endpointUrl: "https://s3.example",
    bucketName: "backups",
    namespace: "shop",
    credentialsSecret: { name: "store-key" },
  }),
  SealedSecret: () => ({
    namespace: "shop",
    data: { token: "t" },
    certificate: sealing,
    labels: {},
  }),
  SealedSecretsController: () => ({ sealingKey, resources: SIZES, chart: {}, mirror: {} }),
  Traefik: () => ({ resources: SIZES, chart: {}, mirror: {}, values: { service: {} } }),
};

let authority: object;
let sealing: string;
let sealingKey: object;

beforeAll(async () => {
  const { certificate, privateKey } = await certificateFixture({ commonName: "ca", days: 3650 });
  authority = { certificate, privateKey: pulumi.secret(privateKey) };
  const pair = await rsaKey();
  sealing = pair.certificate;
  sealingKey = { certificate: pair.certificate, privateKey: pulumi.secret(pair.privateKey) };
});

/** A copy with undefined for each of these names that is missing, in every object. */
function withUndefined(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withUndefined(item, names));
  if (typeof value !== "object" || value === null) return value;
  if (pulumi.Output.isInstance(value)) return value;
  return {
    ...Object.fromEntries(names.map((name) => [name, undefined])),
    ...Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, withUndefined(part, names)]),
    ),
  };
}

async function declared(name: string, args: unknown): Promise<Registration[]> {
  const Declared = COMPONENTS[name];
  if (!Declared) throw new Error(`There is no component ${name}.`);
  const outputs = (type: string, inputs: Record<string, unknown>) => ({
    ...(type === "random:index/randomBytes:RandomBytes" && { base64: "c2VlZA==" }),
    ...(type === "kubernetes:helm.sh/v3:Release" && { status: { status: "deployed" } }),
    ...(type.startsWith("tls:") && { certPem: "certificate", privateKeyPemPkcs8: "key" }),
    ...computed(type, inputs),
  });
  const all = await registrations(() => new Declared("orders", args), { outputs });
  // Siblings may reach the engine in any order.
  return all.sort((a, b) => (a.id < b.id ? -1 : 1));
}

test("all components are tested", () => {
  expect(Object.keys(ARGUMENTS).sort()).toEqual(Object.keys(COMPONENTS).sort());
  expect(NAMES).toEqual(expect.arrayContaining(["hostSpread", "retention", "enabled", "warning"]));
});

// One of them prints a deprecation warning each time.
beforeEach(() => void jest.spyOn(console, "warn").mockImplementation(() => undefined));

describe.each(Object.keys(ARGUMENTS))("%s", (name) => {
  const args = () => ARGUMENTS[name]?.();

  test(
    "registers the same, whichever missing arguments are undefined",
    async () => {
      const bare = await declared(name, args());
      await fc.assert(
        fc.asyncProperty(fc.subarray(NAMES), async (names) => {
          expect(await declared(name, withUndefined(args(), names))).toEqual(bare);
        }),
        { numRuns: 2, examples: [[NAMES]] },
      );
    },
    // A platform registers some hundred objects each time.
    3 * 60_000,
  );
});

describe("a value that is not an object literal", () => {
  test.each([
    ["an Output", pulumi.output({ a: undefined })],
    ["a promise", Promise.resolve({ a: undefined })],
    ["an object of a class", new URL("https://example.com")],
  ])("%s stays as it is", (_, value) => {
    expect(dropUndefined({ value, other: undefined }).value).toBe(value);
  });

  test("null is kept, and elements keep their indexes", () => {
    expect(dropUndefined({ a: null, b: [undefined, { c: undefined }] })).toEqual({
      a: null,
      b: [undefined, {}],
    });
  });
});
