import { before, isProtected, runProgram, runTexts, tree, type Run } from "../support/program-run";
import { only, secret, type Registration } from "../support/registrations";
import { localStackFile, stackFile, stackTexts, type StackTexts } from "../support/stack-files";

const CERTIFICATES = "ha-postgres:index:ClusterCertificates";
const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const LEAF = "ha-postgres:index:LeafCertificate";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const OBJECT_STORE = "kubernetes:barmancloud.cnpg.io/v1:ObjectStore";
const PASSWORD = "random:index/randomPassword:RandomPassword";
const POOLER = "kubernetes:postgresql.cnpg.io/v1:Pooler";
const RANDOM_ID = "random:index/randomId:RandomId";
const SCHEDULED_BACKUP = "kubernetes:postgresql.cnpg.io/v1:ScheduledBackup";
const SECRET = "kubernetes:core/v1:Secret";

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);

type Spec = Record<string, unknown>;

function specOf({ registered }: Run, type: string, name: string): Spec {
  return only(registered, type, name).inputs["spec"] as Spec;
}

function childrenOf({ registered }: Run, id: string): string[] | undefined {
  return tree(registered)[id];
}

/** The recovery stack with further or other values than its file declares. */
async function variant(
  changes: Record<string, unknown>,
  { texts, encrypted }: StackTexts = local,
): Promise<Run> {
  const others = stackTexts(changes).texts;
  const run = await runTexts({ texts: { ...texts, ...others }, encrypted });
  expect(run.error).toBeUndefined();
  expect(() => run.registered.map(({ id }) => before(run.registered, id))).not.toThrow();
  return run;
}

let local: StackTexts;
let stack: Run;

beforeAll(async () => {
  local = await localStackFile("recovery");
  stack = await runTexts(local);
});

describe("the recovery stack", () => {
  test("registers these resources beside those of the dev stack", () => {
    expect(stack.error).toBeUndefined();
    const children = tree(stack.registered);
    expect(children["stack"]).toEqual([
      "ha-postgres:index:CertificateAuthority::databases-ca",
      `${CERTIFICATES}::main`,
      "ha-postgres:index:Platform::platform",
      "ha-postgres:index:PostgresCluster::main",
      "ha-postgres:index:PostgresPooler::main-pooler",
      "ha-postgres:index:S3CompatibleStore::backups",
      "kubernetes:core/v1:Namespace::databases",
    ]);
    expect(children["ha-postgres:index:S3CompatibleStore::backups"]).toEqual([
      `${SECRET}::backups-credentials`,
    ]);
    expect(children["ha-postgres:index:CertificateAuthority::databases-ca"]).toEqual([
      "tls:index/privateKey:PrivateKey::databases-ca-root-key",
      "tls:index/selfSignedCert:SelfSignedCert::databases-ca-root",
    ]);
    expect(children[`${CERTIFICATES}::main`]).toEqual([
      `${LEAF}::main-pooler-main-pooler`,
      `${LEAF}::main-replication`,
      `${LEAF}::main-server`,
      `${SECRET}::main-client-ca`,
      `${SECRET}::main-server-ca`,
    ]);
    expect(children["ha-postgres:index:PostgresCluster::main"]).toEqual([
      `${OBJECT_STORE}::main-backup`,
      "kubernetes:batch/v1:Job::main-sql-check",
      `${CONFIG_MAP}::main-schema`,
      `${SECRET}::main-backup-region`,
      `${SECRET}::main-owner`,
      `${SECRET}::main-owner-verifier`,
      `${NETWORK_POLICY}::main-network-policy`,
      `${CLUSTER}::main-cluster`,
      `${SCHEDULED_BACKUP}::main-backup-schedule`,
      `${RANDOM_ID}::main-archive-generation-18`,
      `${PASSWORD}::main-owner-password`,
    ]);
  });

  test("depends only on what it registers, without cycles, and protects nothing", () => {
    const { registered } = stack;
    expect(() => registered.map(({ id }) => before(registered, id))).not.toThrow();
    expect(isProtected(registered)).toEqual([]);
  });

  test("is previewed as a deployment creates it", async () => {
    const previewed = await runTexts(local, true);
    expect(tree(previewed.registered)).toEqual(tree(stack.registered));
  });

  test("keeps the access key of its store secret", () => {
    const { inputs } = only(stack.registered, SECRET, "backups-credentials");
    expect(inputs["metadata"]).toMatchObject({ name: "backups", namespace: "databases" });
    // The engine encrypts every whole value with a secret in it.
    expect(JSON.stringify(stack.registered).split("a-secret-key")).toHaveLength(2);
    expect(inputs["stringData"]).toEqual(
      secret({
        ACCESS_KEY_ID: "an-access-key",
        ACCESS_SECRET_KEY: "a-secret-key",
        "ca.crt": expect.stringMatching(/^-----BEGIN CERTIFICATE-----/) as string,
      }),
    );
  });

  test("backs main up to the stack's store, with the cluster's settings", () => {
    expect(specOf(stack, OBJECT_STORE, "main-backup")).toMatchObject({
      configuration: {
        destinationPath: "s3://backups",
        endpointURL: "https://10.200.0.1:7070",
        endpointCA: { name: "backups", key: "ca.crt" },
        s3Credentials: {
          accessKeyId: { name: "backups", key: "ACCESS_KEY_ID" },
          secretAccessKey: { name: "backups", key: "ACCESS_SECRET_KEY" },
        },
      },
      retentionPolicy: "7d",
    });
    expect(specOf(stack, SCHEDULED_BACKUP, "main-backup-schedule")).toMatchObject({
      schedule: "0 0 2 * * *",
      immediate: true,
    });
  });

  test("gives main and its pooler certificates of its authority", () => {
    expect(specOf(stack, CLUSTER, "main-cluster")).toMatchObject({
      certificates: {
        serverTLSSecret: "main-server-tls",
        serverCASecret: "main-server-ca",
        clientCASecret: "main-client-ca",
        replicationTLSSecret: "main-replication-tls",
      },
    });
    expect(specOf(stack, POOLER, "main-pooler-pooler")).toMatchObject({
      pgbouncer: { serverTLSSecret: { name: "main-pooler-main-pooler-tls" } },
    });
  });

  test("exports its authority's certificates, and the name of the archive", () => {
    expect(stack.exported).toMatchObject({
      clusterEndpoints: {
        main: { caSecretName: "main-server-ca", backupServerName: "main-1f0c9a2e" },
      },
      certificateAuthority: { bundle: expect.any(String) as string },
    });
  });
});

describe("a stack with the stack's backups and certificates", () => {
  const MAIN = { storage: { size: "10Gi" } };

  test("leaves out databases without either, and allows others their own", async () => {
    const own = { serverTlsSecret: "own-tls", serverCaSecret: "own-ca" };
    const store = { destinationPath: "s3://elsewhere", region: "eu-central-1" };
    const run = await variant({
      "ha-postgres:secrets": { "own-tls": { external: true }, "own-ca": { external: true } },
      "ha-postgres:clusters": {
        main: { ...MAIN, backup: false, certificates: false },
        audit: { ...MAIN, backup: { store }, certificates: own },
      },
    });
    const plain = specOf(run, CLUSTER, "main-cluster");
    expect(plain).not.toHaveProperty("plugins");
    expect(plain["certificates"]).toEqual({
      serverAltDNSNames: [
        "main-pooler",
        "main-pooler.databases",
        "main-pooler.databases.svc",
        "main-pooler.databases.svc.cluster.local",
      ],
    });
    expect(specOf(run, POOLER, "main-pooler-pooler")["pgbouncer"]).not.toHaveProperty(
      "serverTLSSecret",
    );
    expect(specOf(run, CLUSTER, "audit-cluster")).toMatchObject({
      certificates: { serverTLSSecret: "own-tls", serverCASecret: "own-ca" },
    });
    expect(specOf(run, OBJECT_STORE, "audit-backup")).toMatchObject({
      configuration: { destinationPath: "s3://elsewhere" },
    });
    expect(run.registered.filter(({ type }) => type === CERTIFICATES)).toEqual([]);
  });

  test("issues for poolers by their names, for users, and for names from outside", async () => {
    const run = await variant({
      "ha-postgres:clusters": {
        main: {
          ...MAIN,
          clusterName: "orders",
          certificateUsers: ["app"],
          certificates: { externalNames: ["db.example.com", "10.0.0.1"] },
        },
      },
      "ha-postgres:poolers": {
        front: { cluster: "main", poolMode: "session", poolerName: "orders-front" },
      },
    });
    const request = only(
      run.registered,
      "tls:index/certRequest:CertRequest",
      "main-server-request",
    );
    expect(request.inputs["dnsNames"]).toEqual(
      expect.arrayContaining(["orders-rw.databases.svc", "orders-front", "db.example.com"]),
    );
    expect(request.inputs["ipAddresses"]).toEqual(["10.0.0.1"]);
    expect(childrenOf(run, `${CERTIFICATES}::main`)).toEqual(
      expect.arrayContaining([`${LEAF}::main-pooler-orders-front`, `${LEAF}::main-user-app`]),
    );
    expect(specOf(run, POOLER, "front-pooler")).toMatchObject({
      cluster: { name: "orders" },
      pgbouncer: { serverTLSSecret: { name: "orders-pooler-orders-front-tls" } },
    });
  });

  test("gives its bucket a role for exactly the databases that use it, and monitors all but one", async () => {
    const { registered, error } = await runProgram({
      ...stackFile("prod"),
      "ha-postgres:backups": {
        awsS3: {
          role: {
            oidcProviderArn:
              "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/00",
          },
        },
      },
      "ha-postgres:clusters": {
        main: { ...MAIN, clusterName: "orders", backup: { retention: "6w" } },
        audit: { ...MAIN, backup: { retention: "2m" } },
        scratch: { ...MAIN, backup: false, monitoring: false },
      },
      "ha-postgres:recoveries": { restored: { source: { cluster: "main" }, backup: false } },
    });
    expect(error).toBeUndefined();
    const role = only(registered, "aws:iam/role:Role").inputs["assumeRolePolicy"];
    const accounts = JSON.stringify(role).match(/serviceaccount:[a-z:-]+/g);
    expect(accounts).toEqual(
      ["orders", "audit", "restored"].map((name) => `serviceaccount:databases:${name}`),
    );
    const monitors = registered.filter(({ type }) => type.endsWith(":PodMonitor"));
    expect(monitors.map(({ inputs }) => (inputs["metadata"] as { name: string }).name)).toEqual(
      expect.arrayContaining(["orders", "audit", "restored"]),
    );
    expect(JSON.stringify(monitors)).not.toContain("scratch");
    const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    // The longest of the retentions: two months as Barman counts them.
    expect(JSON.stringify(only(registered, lifecycle).inputs)).toContain('"noncurrentDays":62');
  });
});

describe("recoveries and replicas", () => {
  let run: Run;

  beforeAll(async () => {
    run = await variant({
      "ha-postgres:recoveries": {
        restored: {
          source: { cluster: "main" },
          target: { time: "2026-11-21T08:00:39Z" },
          instances: 1,
          backup: false,
          databases: [{ name: "extra", owner: "app" }],
          roles: [
            {
              name: "reader",
              grants: ["app", "extra"].map((database) => ({ database, access: "read-only" })),
            },
          ],
        },
        older: {
          source: { serverName: "main-00c0ffee", maxParallel: 2 },
          storage: { size: "4Gi" },
          database: { name: "app", owner: "app" },
        },
      },
      "ha-postgres:replicas": {
        standby: { source: { cluster: "main" }, instances: 2 },
        far: { source: { cluster: "main" }, connection: false, promote: true, backup: false },
      },
      "ha-postgres:poolers": {
        "main-pooler": { cluster: "main", poolMode: "transaction" },
        "restored-pooler": { cluster: "restored", poolMode: "transaction" },
      },
    });
  });

  const origin = (name: string) =>
    (specOf(run, CLUSTER, name)["externalClusters"] as Record<string, unknown>[])[0];

  test("grant in the databases of their source by name", () => {
    const jobs = run.registered.filter(({ type }) => type === "kubernetes:batch/v1:Job");
    expect(jobs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["restored-grants", "restored-grants-extra"]),
    );
  });

  test("come from the archive of the named cluster, once it serves", () => {
    expect(specOf(run, CLUSTER, "restored-cluster")).toMatchObject({
      instances: 1,
      storage: { size: "2Gi" },
      walStorage: { size: "1Gi" },
      bootstrap: {
        recovery: {
          source: "origin",
          database: "app",
          owner: "app",
          recoveryTarget: { targetTime: "2026-11-21T08:00:39Z" },
        },
      },
    });
    expect(specOf(run, CLUSTER, "restored-cluster")).not.toHaveProperty("plugins");
    expect(origin("restored-cluster")).toMatchObject({
      plugin: {
        parameters: { barmanObjectName: "restored-source", serverName: "main-1f0c9a2e" },
      },
    });
    expect(before(run.registered, `${CLUSTER}::restored-cluster`)).toContain(
      `${CLUSTER}::main-cluster`,
    );
  });

  test("come from an archive by its name, in the stack's store", () => {
    expect(origin("older-cluster")).toMatchObject({
      plugin: { parameters: { barmanObjectName: "older-source", serverName: "main-00c0ffee" } },
    });
    expect(specOf(run, OBJECT_STORE, "older-source")).toMatchObject({
      configuration: { destinationPath: "s3://backups", wal: { maxParallel: 2 } },
    });
    // It is backed up as every database of the stack, and waits for no other one.
    expect(specOf(run, OBJECT_STORE, "older-backup")).toMatchObject({ retentionPolicy: "30d" });
    expect(before(run.registered, `${CLUSTER}::older-cluster`)).not.toContain(
      `${CLUSTER}::main-cluster`,
    );
  });

  test("stream as well, with the certificate of the source's replicas, unless that is off", () => {
    expect(specOf(run, CLUSTER, "standby-cluster")).toMatchObject({
      replica: { enabled: true, source: "origin" },
    });
    expect(origin("standby-cluster")).toMatchObject({
      connectionParameters: { host: "main-rw.databases.svc", user: "streaming_replica" },
      sslRootCert: { name: "main-server-ca", key: "ca.crt" },
      sslCert: { name: "main-replication-tls", key: "tls.crt" },
      sslKey: { name: "main-replication-tls", key: "tls.key" },
    });
    expect(specOf(run, CLUSTER, "far-cluster")).toMatchObject({ replica: { enabled: false } });
    expect(origin("far-cluster")).not.toHaveProperty("connectionParameters");
  });

  test("have their own certificates and poolers", () => {
    const certified = run.registered.filter(({ type }: Registration) => type === CERTIFICATES);
    expect(certified.map(({ name }) => name)).toEqual([
      "main",
      "restored",
      "older",
      "standby",
      "far",
    ]);
    expect(specOf(run, POOLER, "restored-pooler-pooler")).toMatchObject({
      cluster: { name: "restored" },
      pgbouncer: { serverTLSSecret: { name: "restored-pooler-restored-pooler-tls" } },
    });
  });

  test("are exported beside the clusters", () => {
    const { clusterEndpoints } = run.exported as { clusterEndpoints: Record<string, object> };
    expect(Object.keys(clusterEndpoints)).toEqual(["main", "restored", "older", "standby", "far"]);
    expect(clusterEndpoints["restored"]).toEqual({
      name: "restored",
      namespace: "databases",
      hostRw: "restored-rw.databases.svc",
      hostRo: "restored-ro.databases.svc",
      hostR: "restored-r.databases.svc",
      port: 5432,
      database: "app",
      user: "app",
      ownerSecretName: "restored-app",
      caSecretName: "restored-server-ca",
    });
  });

  test("stream with the operator's certificate if the stack issues none", async () => {
    const replicas = { standby: { source: { cluster: "main" } } };
    const plain = await variant({ "ha-postgres:replicas": replicas }, withoutCertificates());
    const spec = specOf(plain, CLUSTER, "standby-cluster");
    expect(spec["externalClusters"]).toMatchObject([
      {
        sslRootCert: { name: "main-ca", key: "ca.crt" },
        sslCert: { name: "main-replication", key: "tls.crt" },
      },
    ]);
  });
});

function withoutCertificates(): StackTexts {
  const texts = Object.entries(local.texts).filter(([key]) => key !== "project:certificates");
  return { ...local, texts: Object.fromEntries(texts) };
}
