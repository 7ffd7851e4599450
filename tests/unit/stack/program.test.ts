import type { ClusterEndpoints, PoolerEndpoints } from "../../../ops/clusters.ts" with {
  "resolution-mode": "import",
};
import { before, isProtected, runProgram, tree, urns, type Run } from "../support/program-run";
import { only } from "../support/registrations";
import { stackFile } from "../support/stack-files";

const ADMISSION_POLICY = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";
const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const DISRUPTION_BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const PASSWORD = "random:index/randomPassword:RandomPassword";
const POOLER = "kubernetes:postgresql.cnpg.io/v1:Pooler";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const SECRET = "kubernetes:core/v1:Secret";

const PLATFORM_COMPONENT = "ha-postgres:index:Platform";
const OPERATOR_COMPONENT = "ha-postgres:index:CloudNativePgOperator";
const CLUSTER_COMPONENT = "ha-postgres:index:PostgresCluster";
const POOLER_COMPONENT = "ha-postgres:index:PostgresPooler";

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);

let dev: Run;
let prod: Run;

beforeAll(async () => {
  dev = await runProgram(stackFile("dev"));
  prod = await runProgram(stackFile("prod"));
});

describe.each(["dev", "prod"])("the %s stack", (stack) => {
  const registered = () => (stack === "dev" ? dev : prod).registered;

  test("depends only on what it registers, without cycles", () => {
    expect(() => registered().map(({ id }) => before(registered(), id))).not.toThrow();
  });

  test("creates clusters and poolers after the operator, side by side", () => {
    const operator = `${RELEASE}::platform-cloudnative-pg-release`;
    const cluster = `${CLUSTER}::main-cluster`;
    expect(before(registered(), cluster)).toContain(operator);
    for (const { id } of registered().filter(({ type }) => type === POOLER)) {
      const earlier = [...before(registered(), id)];
      expect(earlier).toContain(operator);
      expect(earlier).not.toContain(cluster);
    }
  });

  test("is previewed as a deployment creates it", async () => {
    const previewed = await runProgram(stackFile(stack), true);
    expect(tree(previewed.registered)).toEqual(tree(registered()));
  });
});

describe("the dev stack", () => {
  test("registers these resources", () => {
    expect(dev.error).toBeUndefined();
    expect(tree(dev.registered)).toEqual({
      stack: [
        `${PLATFORM_COMPONENT}::platform`,
        `${CLUSTER_COMPONENT}::main`,
        `${POOLER_COMPONENT}::main-pooler`,
        `${NAMESPACE}::databases`,
      ],
      [`${PLATFORM_COMPONENT}::platform`]: [`${OPERATOR_COMPONENT}::platform-cloudnative-pg`],
      [`${OPERATOR_COMPONENT}::platform-cloudnative-pg`]: [
        `${ADMISSION_POLICY}::platform-cloudnative-pg-promotions`,
        `${ADMISSION_POLICY}Binding::platform-cloudnative-pg-promotions`,
        `${NAMESPACE}::platform-cloudnative-pg-namespace`,
        `${RELEASE}::platform-cloudnative-pg-release`,
        `${DISRUPTION_BUDGET}::platform-cloudnative-pg-pdb`,
      ],
      [`${CLUSTER_COMPONENT}::main`]: [
        "kubernetes:batch/v1:Job::main-sql-check",
        `${CONFIG_MAP}::main-schema`,
        `${SECRET}::main-owner`,
        `${SECRET}::main-owner-verifier`,
        `${NETWORK_POLICY}::main-network-policy`,
        `${CLUSTER}::main-cluster`,
        `${PASSWORD}::main-owner-password`,
      ],
      [`${POOLER_COMPONENT}::main-pooler`]: [
        `${SECRET}::main-pooler-credentials`,
        `${NETWORK_POLICY}::main-pooler-network-policy`,
        `${DISRUPTION_BUDGET}::main-pooler-pdb`,
        `${POOLER}::main-pooler-pooler`,
      ],
    });
  });

  test("protects nothing, so that it can be destroyed", () => {
    expect(isProtected(dev.registered)).toEqual([]);
  });

  test("exports the values for the commands", () => {
    // Typed, so that a field which a command reads and the program does not export fails here or in the compiler.
    const main: ClusterEndpoints = {
      name: "main",
      namespace: "databases",
      hostRw: "main-rw.databases.svc",
      hostRo: "main-ro.databases.svc",
      hostR: "main-r.databases.svc",
      port: 5432,
      database: "app",
      user: "app",
      ownerSecretName: "main-app",
      caSecretName: "main-ca",
    };
    const pooler: PoolerEndpoints = {
      namespace: "databases",
      host: "main-pooler.databases.svc",
      port: 5432,
      sizes: { instances: 2, databases: 1, pool: 3, logins: 3, share: 6 },
      secretName: "main-pooler-app",
    };
    expect(dev.exported).toEqual({
      clusterEndpoints: { main },
      poolerEndpoints: { "main-pooler": pooler },
      aliasEndpoints: {},
      standalone: {},
      certificateAuthority: null,
    });
  });
});

describe("the prod stack", () => {
  test("registers resources with these names: a renamed one would be replaced", () => {
    expect(prod.error).toBeUndefined();
    expect(urns(prod.registered)).toMatchSnapshot();
  });

  test("creates storage and certificates before their users, and destroys them after these", () => {
    const needs = (id: string) => [...before(prod.registered, id)];
    const release = (name: string) => `${RELEASE}::platform-${name}-release`;
    const ceph = "kubernetes:ceph.rook.io/v1:CephCluster::platform-ceph-cluster";
    expect(needs(`${CLUSTER}::main-cluster`)).toEqual(
      expect.arrayContaining([
        release("cloudnative-pg"),
        release("cert-manager"),
        release("sealed-secrets"),
        release("rook-ceph"),
        release("chaos-mesh"),
        release("prometheus"),
        release("barman-cloud"),
        ceph,
        // Its bucket and its certificates.
        "aws:s3/bucketPolicy:BucketPolicy::backups-policy",
        "aws:iam/userPolicy:UserPolicy::backups-user-policy",
        ...["main-server", "main-replication"].map(
          (name) => `kubernetes:cert-manager.io/v1:Certificate::${name}-certificate`,
        ),
      ]),
    );
    expect(needs(ceph)).toContain(release("rook-ceph"));
    expect(needs(release("prometheus"))).toContain(ceph);
  });

  test("protects the database, its backups, and the keys that cannot be created again", () => {
    expect(isProtected(prod.registered)).toEqual([
      "aws:s3/bucket:Bucket::backups-bucket",
      "kubernetes:core/v1:Namespace::databases",
      `${SECRET}::platform-sealed-secrets-sealing-key`,
      `${CLUSTER}::main-cluster`,
      "tls:index/privateKey:PrivateKey::databases-ca-root-key",
      "tls:index/privateKey:PrivateKey::platform-sealed-secrets-sealing-key",
    ]);
  });

  test("lets cert-manager issue with the intermediate, and keeps the root's key out of the cluster", () => {
    const issuer = prod.registered.find(({ type }) => type.endsWith(":ClusterIssuer"));
    expect(issuer?.inputs["spec"]).toEqual({ ca: { secretName: "databases-ca" } });
    const certificates = prod.registered.filter(({ type }) => type.endsWith("/v1:Certificate"));
    expect(certificates.map(({ name }) => name).sort()).toEqual([
      "main-pooler-main-pooler-certificate",
      "main-pooler-main-pooler-ro-certificate",
      "main-replication-certificate",
      "main-server-certificate",
    ]);
    for (const { inputs } of certificates) {
      expect(inputs["spec"]).toMatchObject({
        issuerRef: { kind: "ClusterIssuer", name: "databases-ca" },
      });
    }
    const key = `${SECRET}::databases-ca-issuer-key`;
    const { inputs, dependsOn } = prod.registered.find(({ id }) => id === key) ?? {};
    expect(inputs).toMatchObject({ metadata: { namespace: "cert-manager" } });
    const intermediate = "tls:index/privateKey:PrivateKey::databases-ca-intermediate-key";
    expect(dependsOn).toContain(intermediate);
  });

  test("monitors the database and its poolers, because it has a Prometheus", () => {
    const watched = prod.registered.filter(({ type }) =>
      /:(PodMonitor|PrometheusRule)$/.test(type),
    );
    expect(watched).toHaveLength(8);
  });

  test("divides the cluster's connections among its poolers", () => {
    const sizes = prod.registered
      .filter(({ type }) => type === POOLER)
      .map(({ inputs }) => inputs["spec"])
      .map((spec) => (spec as { pgbouncer: { parameters: Record<string, string> } }).pgbouncer)
      .map(({ parameters }) => parameters["default_pool_size"]);
    // 500 connections less 13, over four pods, less 8 for looking up passwords and a fifth for bursts.
    expect(sizes).toEqual(["91", "91"]);
  });
});

test("a pooler has a pool for each login that the stack gives out for it", async () => {
  const generated = (name: string) => ({ name, login: true, password: "generated" });
  const poolSize = async (roles: object[], pooler: object = {}) => {
    const { registered, error } = await runProgram({
      "ha-postgres:clusters": { main: { storage: { size: "10Gi" }, roles } },
      "ha-postgres:poolers": { pooled: { cluster: "main", poolMode: "transaction", ...pooler } },
    });
    expect(error).toBeUndefined();
    const { inputs } = only(registered, POOLER, "pooled-pooler");
    const { pgbouncer } = inputs["spec"] as {
      pgbouncer: { parameters: Record<string, string> };
    };
    return Number(pgbouncer.parameters["default_pool_size"]);
  };
  const group = { name: "reporting" };
  const three = await poolSize([generated("web"), generated("reports"), group]);
  expect(three).toBe(await poolSize([], { databases: 3 }));
  expect(three).toBeLessThan(await poolSize([group]));
  expect(await poolSize([generated("web")], { databases: 1 })).toBe(await poolSize([]));
});

test("a stack that is refused registers nothing", async () => {
  const { registered, error } = await runProgram({
    "ha-postgres:clusters": { main: { storage: { size: "10Gi" }, instances: 4, nodes: 3 } },
  });
  expect(String(error)).toContain("clusters.main.instances = 4");
  expect(registered).toEqual([]);
});
