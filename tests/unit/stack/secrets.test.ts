import { describe as inWords } from "../../../components/contract/violation";
import { checkStack } from "../../../stack/checks";
import { certificateFixture } from "../support/certificate-fixtures";
import { before, runTexts, type Run } from "../support/program-run";
import { only, secret } from "../support/registrations";
import { stackTexts } from "../support/stack-files";

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);

const MAIN = { storage: { size: "10Gi" } };
const LOGIN = { username: "app", password: "a-password" };
const OWNED = { ...MAIN, database: { ownerSecret: "login" } };
/** As kubeseal makes them: a key of 256 bytes, and more behind it. */
const SEALED = Buffer.concat([Buffer.from([1, 0]), Buffer.alloc(256 + 32, 7)]).toString("base64");

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const POOLER = "kubernetes:postgresql.cnpg.io/v1:Pooler";
const SEALED_SECRET = "kubernetes:bitnami.com/v1alpha1:SealedSecret";
const SECRET = "kubernetes:core/v1:Secret";

/** Runs the program with these keys of the project, of which `secrets` is encrypted. */
function runProgram(stack: object): Promise<Run> {
  const keys = Object.entries(stack).map(([key, part]) => [`ha-postgres:${key}`, part] as const);
  return runTexts({ ...stackTexts(Object.fromEntries(keys)), encrypted: ["project:secrets"] });
}

test("names of any length that Kubernetes accepts make valid labels", async () => {
  const long = ["x".repeat(63), "y".repeat(100)].join(".");
  const namespace = "n".repeat(63);
  const { certificate } = await certificateFixture({ commonName: "store", days: 100 });
  const { error, registered } = await runProgram({
    namespaces: { [namespace]: {} },
    platform: { certManager: {}, barmanCloudPlugin: {}, sealedSecrets: {} },
    backups: {
      s3Compatible: {
        endpointUrl: "https://fra1.example.com",
        bucketName: "backups",
        caCertificate: certificate,
        credentialsSecret: { name: "spaces" },
      },
    },
    secrets: {
      [long]: { data: { token: "a-token" } },
      [`${long}.sealed`]: { sealed: { token: SEALED } },
      spaces: { external: true, namespaces: ["databases", namespace] },
    },
    access: { viewers: [{ kind: "Group", name: "support" }] },
    clusters: { main: MAIN, other: { ...MAIN, namespace } },
  });
  // What runs a program refuses other labels.
  expect(error).toBeUndefined();
  expect(registered).not.toEqual([]);
});

describe("the Secrets of a stack", () => {
  let program: Run;

  beforeAll(async () => {
    program = await runProgram({
      namespaces: { audit: {} },
      platform: { sealedSecrets: {} },
      secrets: {
        login: { data: LOGIN, labels: { "example.com/team": "shop" } },
        reader: { sealed: { username: SEALED, password: SEALED } },
        // Something else makes it.
        writer: { external: true },
        registry: { data: { ".dockerconfigjson": "{}" }, namespaces: ["databases", "audit"] },
        token: { data: { token: "a-token" } },
      },
      clusters: {
        main: {
          ...OWNED,
          roles: [
            { name: "reader", login: true, passwordSecret: "reader" },
            { name: "writer", login: true, passwordSecret: "writer" },
          ],
        },
      },
      poolers: { "main-pooler": { cluster: "main", poolMode: "session" } },
    });
  });

  test("hold what the engine keeps encrypted, and are loaded when they change", () => {
    expect(program.error).toBeUndefined();
    expect(only(program.registered, SECRET, "secrets/login").inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: "login",
        namespace: "databases",
        labels: {
          "app.kubernetes.io/name": "databases",
          "app.kubernetes.io/instance": "login",
          "app.kubernetes.io/component": "secret",
          "app.kubernetes.io/part-of": "ha-postgres",
          "app.kubernetes.io/managed-by": "pulumi",
          "cnpg.io/reload": "true",
          "example.com/team": "shop",
        },
      },
      type: "kubernetes.io/basic-auth",
      stringData: secret({ username: "app", password: "a-password" }),
    });
  });

  test("have the type of their keys, in each of their namespaces", () => {
    const made = program.registered
      .filter(({ type, name }) => type === SECRET && name.startsWith("secrets/"))
      .map(({ name, inputs }) => {
        const { namespace } = inputs["metadata"] as { namespace: string };
        return [name, [namespace, inputs["type"]]];
      });
    expect(Object.fromEntries(made)).toEqual({
      "secrets/login": ["databases", "kubernetes.io/basic-auth"],
      "secrets/registry": ["databases", "kubernetes.io/dockerconfigjson"],
      "secrets/audit/registry": ["audit", "kubernetes.io/dockerconfigjson"],
      "secrets/token": ["databases", "Opaque"],
    });
  });

  test("may be sealed", () => {
    const { inputs } = program.registered.find(({ type }) => type === SEALED_SECRET) ?? {};
    expect(inputs).toMatchObject({
      metadata: { name: "reader", namespace: "databases" },
      spec: {
        encryptedData: { username: SEALED, password: SEALED },
        template: {
          type: "kubernetes.io/basic-auth",
          metadata: {
            labels: { "cnpg.io/reload": "true", "app.kubernetes.io/instance": "reader" },
          },
        },
      },
    });
  });

  test("are there before what names them", () => {
    for (const { id } of program.registered.filter(({ type }) =>
      [CLUSTER, POOLER].includes(type),
    )) {
      expect([...before(program.registered, id)]).toEqual(
        expect.arrayContaining([
          `${SECRET}::secrets/login`,
          "ha-postgres:index:SealedSecret::secrets/reader",
        ]),
      );
    }
  });
});

test("a copy pulls its image by the Secrets of its source, unless it has its own", async () => {
  const { error, registered } = await runProgram({
    namespaces: { dr: {} },
    platform: { certManager: {}, barmanCloudPlugin: {} },
    backups: { awsS3: {} },
    clusters: { main: { ...MAIN, imagePullSecrets: ["registry"] } },
    recoveries: {
      copy: { source: { cluster: "main" }, namespace: "dr" },
      other: { source: { cluster: "main" }, imagePullSecrets: ["login"] },
    },
    secrets: {
      registry: { data: { ".dockerconfigjson": "{}" }, namespaces: ["databases", "dr"] },
      login: { external: true },
    },
  });
  expect(error).toBeUndefined();
  const pulling = registered
    .filter(({ type }) => type === CLUSTER)
    .map(({ name, inputs }) => [
      name,
      (inputs["spec"] as { imagePullSecrets?: unknown }).imagePullSecrets,
    ]);
  expect(Object.fromEntries(pulling)).toEqual({
    "main-cluster": [{ name: "registry" }],
    "copy-cluster": [{ name: "registry" }],
    "other-cluster": [{ name: "login" }],
  });
});

describe.each([
  ["as it is", { data: { ".dockerconfigjson": "{}" } }],
  ["sealed", { sealed: { ".dockerconfigjson": SEALED }, scope: "cluster-wide" }],
])("a Secret with the login of a registry, %s", (_, secret) => {
  const stack = {
    platform: { sealedSecrets: {} },
    mirror: { images: "registry.example", imagePullSecrets: ["registry", "other"] },
    secrets: {
      registry: { ...secret, namespaces: ["databases", "primary-watch"] },
      other: { external: true, namespaces: ["databases", "primary-watch"] },
    },
    clusters: { main: MAIN },
    watch: {},
  };
  const deployment = "kubernetes:apps/v1:Deployment::primary-watch-deployment";
  const namespace = "kubernetes:core/v1:Namespace::primary-watch-namespace";

  test.each([false, true])(
    "is in the watch's namespace before its pods, in a preview: %s",
    async (preview) => {
      const keys = Object.entries(stack).map(
        ([key, part]) => [`ha-postgres:${key}`, part] as const,
      );
      const texts = stackTexts(Object.fromEntries(keys));
      const { error, registered } = await runTexts(
        { ...texts, encrypted: ["project:secrets"] },
        preview,
      );
      expect(error).toBeUndefined();
      const made = registered.find(({ type, inputs }) => {
        const { namespace } = (inputs["metadata"] ?? {}) as { namespace?: string };
        return [SECRET, SEALED_SECRET].includes(type) && namespace === "primary-watch";
      });
      expect(made?.inputs["metadata"]).toMatchObject({ name: "registry" });
      expect(before(registered, made?.id ?? "")).toContain(namespace);
      expect(before(registered, deployment)).toContain(made?.id);
      expect(registered.find(({ id }) => id === deployment)?.inputs["spec"]).toMatchObject({
        template: { spec: { imagePullSecrets: [{ name: "registry" }, { name: "other" }] } },
      });
    },
  );
});

/** A stack whose `secrets` are encrypted, and all of its violations. */
const mistakes: Record<string, [stack: Record<string, unknown>, ...says: string[]]> = {
  "without a source": [
    { clusters: { main: MAIN }, secrets: { login: {} } },
    "secrets.login = {}: must have data, sealed or external: nothing says where the Secret comes from. Set data with encrypted values, sealed, or external: true if something else makes it.",
  ],
  "with two sources": [
    { clusters: { main: MAIN }, secrets: { login: { data: LOGIN, external: true } } },
    'secrets.login.external = "[not shown]": must not be set together with data: the Secret has one source. Remove one of them.',
  ],
  "that is external and is not": [
    { clusters: { main: MAIN }, secrets: { login: { external: false } } },
    'secrets.login.external = "[not shown]": is not a valid value. Use one of true.',
  ],
  "without values": [
    { clusters: { main: MAIN }, secrets: { login: { data: {} } } },
    "secrets.login.data = {}: has no values. Add at least one.",
  ],
  "with a value that is no text": [
    { clusters: { main: MAIN }, secrets: { login: { data: { password: 123456 } } } },
    'secrets.login.data.password = "[not shown]": must be a string. Give a string.',
  ],
  "with a key that Kubernetes rejects": [
    { clusters: { main: MAIN }, secrets: { login: { data: { "the password": "x" } } } },
    'secrets.login.data["the password"] = "[secret]": is not a valid key of a Secret. Use letters, digits, `-`, `_` and `.` in the key.',
  ],
  "with a misspelt argument": [
    { clusters: { main: MAIN }, secrets: { login: { dta: LOGIN } } },
    'secrets.login.dta = "[not shown]": is not an argument, and would do nothing. Did you mean `data`? If not, remove it.',
  ],
  "with a name that Kubernetes rejects": [
    { clusters: { main: MAIN }, secrets: { "The Login": { data: LOGIN } } },
    'secrets["The Login"] = "[not shown]": is not a valid name of a Kubernetes object. Use at most 253 lower-case letters, digits, dashes and dots.',
  ],
  "with another type than its keys": [
    { clusters: { main: MAIN }, secrets: { login: { data: LOGIN, type: "kubernetes.io/tls" } } },
    'secrets.login.type = "[not shown]": needs the keys tls.crt and tls.key, which the Secret does not have. Add them, or leave the type out.',
  ],
  "that something else makes, with a type": [
    { clusters: { main: MAIN }, secrets: { login: { external: true, type: "Opaque" } } },
    'secrets.login.type = "[not shown]": has no effect on an external Secret, which something else makes. Set it there, and remove it here.',
  ],
  "with a label that others set": [
    { clusters: { main: MAIN }, secrets: { login: { data: LOGIN, labels: { "cnpg.io/x": "y" } } } },
    'secrets.login.labels["cnpg.io/x"] = "[not shown]": labels of this domain are set by this component, by the operator or by Kubernetes. Use a label of your own domain, such as example.com/team.',
  ],
  "in a namespace that is none of the databases'": [
    {
      clusters: { main: MAIN },
      namespaces: { audit: {} },
      secrets: { login: { data: LOGIN, namespaces: ["audti", "databases"] } },
    },
    'secrets.login.namespaces[0] = "[not shown]": must be a namespace of the stack\'s databases. Did you mean audit?.',
  ],
  "in one namespace twice": [
    {
      clusters: { main: MAIN },
      secrets: { login: { data: LOGIN, namespaces: ["databases", "databases"] } },
    },
    'secrets.login.namespaces[1] = "[not shown]": must not be named twice. Remove it here.',
  ],
  "that is sealed without a controller": [
    { clusters: { main: MAIN }, secrets: { login: { sealed: { token: SEALED } } } },
    'secrets.login.sealed = "[not shown]": needs the Sealed Secrets controller, which the platform does not have. Add sealedSecrets: {} to platform, with install: false if it is already installed.',
  ],
  "that is said to be sealed and is not": [
    {
      clusters: { main: MAIN },
      platform: { sealedSecrets: {} },
      secrets: { login: { sealed: LOGIN } },
    },
    'secrets.login.sealed.username = "[secret]": is not a sealed value, and would be readable in the state and in the cluster. Use the output of `kubeseal --raw`.',
    'secrets.login.sealed.password = "[secret]": is not a sealed value, and would be readable in the state and in the cluster. Use the output of `kubeseal --raw`.',
  ],
  "that is sealed for one of its namespaces": [
    {
      clusters: { main: MAIN },
      namespaces: { audit: {} },
      platform: { sealedSecrets: {} },
      secrets: { login: { sealed: { token: SEALED }, namespaces: ["databases", "audit"] } },
    },
    'secrets.login.namespaces = "[not shown]": must be a single one: values that are sealed for one name and namespace are opened nowhere else. Seal it again for each, as another Secret, or with the scope cluster-wide.',
  ],
  "with a scope and nothing sealed": [
    { clusters: { main: MAIN }, secrets: { login: { data: LOGIN, scope: "strict" } } },
    'secrets.login.scope = "[not shown]": has no effect without sealed values. Remove it.',
  ],
  "with the name of one that the program makes": [
    { clusters: { main: MAIN }, secrets: { "main-app": { data: LOGIN } } },
    'secrets["main-app"] = "[not shown]": needs a Secret named main-app, and so does clusters.main.clusterName in the same namespace. Use another name for one of the two.',
  ],
  "with the name of one that the operator makes": [
    { clusters: { main: MAIN }, secrets: { "main-superuser": { external: true } } },
    'secrets["main-superuser"] = "[not shown]": needs a Secret named main-superuser, and so does clusters.main.clusterName in the same namespace. Use another name for one of the two.',
  ],
  "that is misspelt where it is named": [
    { clusters: { main: OWNED }, secrets: { logn: { data: LOGIN } } },
    'clusters.main.database.ownerSecret = "[not shown]": names a Secret that the stack does not declare, in the namespace databases that it creates: nobody can have made it before the first deployment. Did you mean logn? If not, declare it in secrets, with external: true if something else makes it.',
  ],
  "that is not declared": [
    {
      clusters: {
        main: { ...MAIN, certificates: { serverTlsSecret: "tls", serverCaSecret: "ca" } },
      },
      secrets: { ca: { external: true } },
    },
    'clusters.main.certificates.serverTlsSecret = "[not shown]": names a Secret that the stack does not declare, in the namespace databases that it creates: nobody can have made it before the first deployment. Declare it in secrets, with external: true if something else makes it.',
  ],
  "for a pooler that is not declared": [
    {
      clusters: { main: MAIN },
      poolers: {
        pooler: { cluster: "main", poolMode: "session", certificates: { clientTlsSecret: "tls" } },
      },
      secrets: {},
    },
    'poolers.pooler.certificates.clientTlsSecret = "[not shown]": names a Secret that the stack does not declare, in the namespace databases that it creates: nobody can have made it before the first deployment. Declare it in secrets, with external: true if something else makes it.',
  ],
  "for admins that is not declared": [
    {
      clusters: { main: MAIN },
      secrets: {},
      access: { admins: [{ kind: "Group", name: "dba" }], secrets: ["main-app", "other"] },
    },
    'access.secrets[1] = "[not shown]": names a Secret that the stack does not declare, in the namespace databases that it creates: nobody can have made it before the first deployment. Declare it in secrets, with external: true if something else makes it.',
  ],
  "that is in another namespace than its database": [
    {
      namespaces: { audit: {} },
      clusters: { main: { ...OWNED, namespace: "audit" } },
      secrets: { login: { data: LOGIN } },
    },
    'clusters.main.database.ownerSecret = "[not shown]": is read in audit, and secrets.login is not in that namespace. Add audit to secrets.login.namespaces.',
  ],
  "that lacks what is read": [
    { clusters: { main: OWNED }, secrets: { login: { data: { token: "x" } } } },
    'clusters.main.database.ownerSecret = "[not shown]": is read by the keys username and password, which secrets.login does not have. Add them there, or name another Secret.',
  ],
  "with the access key under other keys": [
    {
      platform: { certManager: {}, barmanCloudPlugin: {} },
      backups: {
        s3Compatible: {
          endpointUrl: "https://fra1.example.com",
          bucketName: "backups",
          credentialsSecret: { name: "spaces" },
        },
      },
      clusters: { main: MAIN },
      secrets: { spaces: { data: { ACCESS_KEY_ID: "x", SECRET: "y" } } },
    },
    'backups.s3Compatible.credentialsSecret.name = "[not shown]": is read by the key ACCESS_SECRET_KEY, which secrets.spaces does not have. Add it there, or name another Secret.',
  ],
  "that a copy would read in another namespace": [
    {
      namespaces: { dr: {} },
      platform: { certManager: {}, barmanCloudPlugin: {} },
      clusters: {
        main: {
          ...MAIN,
          backup: {
            store: {
              destinationPath: "s3://backups",
              accessKeyId: { name: "spaces", key: "id" },
              secretAccessKey: { name: "spaces", key: "key" },
            },
          },
        },
      },
      recoveries: { copy: { source: { cluster: "main" }, namespace: "dr" } },
      secrets: { spaces: { external: true } },
    },
    'recoveries.copy.source.cluster = "[not shown]": is read in dr, and secrets.spaces is not in that namespace. Add dr to secrets.spaces.namespaces.',
  ],
  "that a copy in another namespace would pull its image by": [
    {
      namespaces: { dr: {} },
      platform: { certManager: {}, barmanCloudPlugin: {} },
      backups: { awsS3: {} },
      clusters: { main: { ...MAIN, imagePullSecrets: ["registry"] } },
      recoveries: {
        copy: { source: { cluster: "main" }, namespace: "dr" },
        // It has its own.
        other: { source: { cluster: "main" }, namespace: "dr", imagePullSecrets: [] },
      },
      secrets: { registry: { external: true } },
    },
    'recoveries.copy.source.cluster = "[not shown]": is read in dr, and secrets.registry is not in that namespace. Add dr to secrets.registry.namespaces.',
  ],
  "by which a cluster follows the other one of its pair": [
    {
      namespaces: { dr: {} },
      platform: { certManager: {}, barmanCloudPlugin: {} },
      backups: { awsS3: {} },
      clusters: {
        main: { ...MAIN, replica: { cluster: "standby", enabled: false } },
        other: {
          ...MAIN,
          replica: {
            enabled: false,
            source: {
              serverName: "x-1",
              store: {
                destinationPath: "s3://other",
                accessKeyId: { name: "theirs", key: "id" },
                secretAccessKey: { name: "theirs", key: "key" },
              },
            },
            connection: {
              host: "db.example.com",
              serverCaSecret: "their-ca",
              replicationTlsSecret: "their-tls",
            },
          },
        },
      },
      replicas: {
        standby: {
          source: { cluster: "main" },
          namespace: "dr",
          connection: false,
          backup: {
            generation: "1",
            store: {
              destinationPath: "s3://backups",
              accessKeyId: { name: "spaces", key: "id" },
              secretAccessKey: { name: "spaces", key: "key" },
            },
          },
        },
      },
      secrets: { spaces: { external: true, namespaces: ["dr"] } },
    },
    'clusters.main.replica.cluster = "[not shown]": is read in databases, and secrets.spaces is not in that namespace. Add databases to secrets.spaces.namespaces.',
    'clusters.other.replica.source.store.accessKeyId.name = "[not shown]": names a Secret that the stack does not declare, in the namespace databases that it creates: nobody can have made it before the first deployment. Declare it in secrets, with external: true if something else makes it.',
    'clusters.other.replica.source.store.secretAccessKey.name = "[not shown]": names a Secret that the stack does not declare, in the namespace databases that it creates: nobody can have made it before the first deployment. Declare it in secrets, with external: true if something else makes it.',
    'clusters.other.replica.connection.serverCaSecret = "[not shown]": names a Secret that the stack does not declare, in the namespace databases that it creates: nobody can have made it before the first deployment. Declare it in secrets, with external: true if something else makes it.',
    'clusters.other.replica.connection.replicationTlsSecret = "[not shown]": names a Secret that the stack does not declare, in the namespace databases that it creates: nobody can have made it before the first deployment. Declare it in secrets, with external: true if something else makes it.',
  ],
  "that the watch would pull its image by": [
    {
      mirror: { images: "registry.example", imagePullSecrets: ["registry"] },
      clusters: { main: MAIN },
      watch: {},
      secrets: { registry: { data: { ".dockerconfigjson": "{}" } } },
    },
    'mirror.imagePullSecrets[0] = "[not shown]": is read in primary-watch, and secrets.registry is not in that namespace. Add primary-watch to secrets.registry.namespaces.',
  ],
  "in a namespace that is none of the databases' or the watch's": [
    {
      clusters: { main: MAIN },
      watch: { namespace: "watch" },
      secrets: { login: { data: LOGIN, namespaces: ["primary-watch"] } },
    },
    'secrets.login.namespaces[0] = "[not shown]": must be a namespace of the stack\'s databases, or that of its watch. Use one of databases, watch.',
  ],
  "of several namespaces that lacks what is read, once": [
    {
      namespaces: { audit: {} },
      mirror: { images: "registry.example", imagePullSecrets: ["token"] },
      clusters: { main: MAIN, ledger: { ...MAIN, namespace: "audit" } },
      secrets: { token: { data: { token: "x" }, namespaces: ["databases", "audit"] } },
    },
    'mirror.imagePullSecrets[0] = "[not shown]": is read by the key .dockerconfigjson, which secrets.token does not have. Add it there, or name another Secret.',
  ],
  "of the pods that lacks what they read": [
    {
      clusters: {
        main: {
          ...MAIN,
          files: [{ secret: "token" }, { secret: "token", key: "ca.crt" }],
          env: [{ name: "FDW_TOKEN", secret: { name: "token", key: "fdw" } }],
          database: { sql: [{ in: "postgres", secret: { name: "token", key: "roles.sql" } }] },
          imagePullSecrets: ["token"],
        },
      },
      poolers: {
        "main-pooler": { cluster: "main", poolMode: "session", imagePullSecrets: ["token"] },
      },
      mirror: { images: "registry.example", imagePullSecrets: ["token"] },
      secrets: { token: { data: { token: "x" } } },
    },
    ...[
      ["clusters.main.files[1].secret", "ca.crt"],
      ["clusters.main.env[0].secret.name", "fdw"],
      ["clusters.main.database.sql[0].secret.name", "roles.sql"],
      ["clusters.main.imagePullSecrets[0]", ".dockerconfigjson"],
      ['poolers["main-pooler"].imagePullSecrets[0]', ".dockerconfigjson"],
      ["mirror.imagePullSecrets[0]", ".dockerconfigjson"],
    ].map(
      ([path, key]) =>
        `${path} = "[not shown]": is read by the key ${key}, which secrets.token does not have. Add it there, or name another Secret.`,
    ),
  ],
  "of another role": [
    {
      clusters: { main: { ...MAIN, roles: [{ name: "reader", passwordSecret: "login" }] } },
      secrets: { login: { data: LOGIN } },
    },
    'clusters.main.roles[0].passwordSecret = "[not shown]": is the login of the role reader, and secrets.login has another username. Set its username to reader.',
  ],
};

test.each(Object.entries(mistakes))("a Secret %s is refused", (_, [stack, ...says]) => {
  const { violations } = checkStack(stack, new Set(["secrets"]));
  expect(violations.map(inWords)).toEqual(says);
});

test("admins may read what is made in any namespace", () => {
  const { violations } = checkStack(
    {
      namespaces: { audit: {} },
      clusters: { main: MAIN, ledger: { ...MAIN, namespace: "audit" } },
      secrets: { login: { data: LOGIN, namespaces: ["audit"] } },
      access: {
        admins: [{ kind: "Group", name: "dba" }],
        secrets: ["main-app", "ledger-app", "login"],
      },
    },
    new Set(["secrets"]),
  );
  expect(violations).toEqual([]);
});

test("a Secret in plain text is refused, without its value", () => {
  const { violations } = checkStack(
    { clusters: { main: MAIN }, secrets: { "my-login": { data: LOGIN } } },
    new Set(),
  );
  expect(violations.map(inWords)).toEqual([
    'secrets["my-login"].data.password = "[secret]": must not be in plain text in the stack\'s file, where every reader sees it. ' +
      "Set it with `pulumi config set --secret --path 'ha-postgres:secrets[\"my-login\"]'.data.password`, or declare it sealed or external.",
  ]);
});

describe("without `secrets`, a Secret that nobody declares", () => {
  const clusters = { main: OWNED };

  test("is warned about in a namespace that the stack creates", () => {
    const { violations, warnings } = checkStack({ clusters }, new Set());
    expect(violations).toEqual([]);
    expect(warnings).toEqual([
      'clusters.main.database.ownerSecret = "[not shown]": names a Secret that the stack does not declare, in the namespace databases that it creates: nobody can have made it before the first deployment. Declare it in secrets, with external: true if something else makes it.',
    ]);
  });

  test("is warned about in the namespace that the watch creates, whoever created that of the databases", () => {
    const mirror = { images: "registry.example", imagePullSecrets: ["registry"] };
    const { violations, warnings } = checkStack(
      { clusters: { main: MAIN }, namespace: { create: false }, mirror, watch: {} },
      new Set(),
    );
    expect(violations).toEqual([]);
    expect(warnings).toEqual([
      'mirror.imagePullSecrets[0] = "[not shown]": names a Secret that the stack does not declare, in the namespace primary-watch that it creates: nobody can have made it before the first deployment. Declare it in secrets, with external: true if something else makes it.',
    ]);
  });

  test("may be there already in one that exists, even if the stack declares others", () => {
    const namespace = { create: false };
    expect(checkStack({ clusters, namespace }, new Set())).toMatchObject({
      violations: [],
      warnings: [],
    });
    const secrets = { other: { external: true } };
    expect(checkStack({ clusters, namespace, secrets }, new Set()).violations).toEqual([]);
  });

  test("is not one that the program makes", () => {
    const copies = {
      platform: { certManager: {}, barmanCloudPlugin: {} },
      backups: { awsS3: {} },
      clusters: { main: MAIN },
      replicas: {
        standby: {
          source: { cluster: "main" },
          connection: {
            host: "main-rw",
            serverCaSecret: "main-ca",
            replicationTlsSecret: "main-replication",
          },
        },
      },
    };
    expect(checkStack(copies, new Set())).toMatchObject({ violations: [], warnings: [] });
  });
});
