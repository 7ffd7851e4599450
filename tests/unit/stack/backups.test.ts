import * as pulumi from "@pulumi/pulumi";
import { readPlan } from "../../../stack";
import { certificateFixture } from "../support/certificate-fixtures";

type Values = Record<string, unknown>;

const MAIN = { storage: { size: "10Gi" } };
const CLUSTERS = { main: MAIN };
/** A platform that can archive. */
const PLATFORM = { certManager: {}, barmanCloudPlugin: {} };
const AWS = { platform: PLATFORM, backups: { awsS3: { user: {} } } };
const SPACES = {
  endpointUrl: "https://fra1.example.com",
  bucketName: "backups",
  credentialsSecret: { name: "spaces" },
};

/** All violations of a stack, whose `encrypted` keys the engine keeps as secrets. */
function refusalOf(stack: Values, encrypted: string[] = []): string[] {
  const texts = Object.entries(stack).map(([key, value]) => [
    `ha-postgres:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  pulumi.runtime.setAllConfig(
    Object.fromEntries(texts) as Record<string, string>,
    encrypted.map((key) => `ha-postgres:${key}`),
  );
  try {
    readPlan("ha-postgres");
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    const [title, ...lines] = error.message.split("\n");
    expect(title).toBe("the stack's configuration is refused:");
    return lines.map((line) => line.replace(/^ {2}- /, ""));
  }
  return [];
}

const recovery = (wrong: Values, stack: Values = AWS): Values => ({
  ...stack,
  clusters: CLUSTERS,
  recoveries: { restored: { source: { cluster: "main" }, ...wrong } },
});

const certified = (wrong: Values, main: Values = {}): Values => ({
  clusters: { main: { ...MAIN, ...main } },
  certificates: wrong,
});

const dumps = (dump: Values, main: Values = {}, stack: Values = AWS): Values => ({
  ...stack,
  clusters: { main: { ...MAIN, ...main } },
  logicalBackups: { dump: { cluster: "main", ...dump } },
});

/** A mistake: the configuration, and its violations. */
const mistakes: [what: string, wrong: Values, ...says: string[]][] = [
  [
    "backups to nowhere",
    { clusters: CLUSTERS, platform: PLATFORM, backups: {} },
    "backups = {}: must name a store. Use one of awsS3, s3Compatible and store.",
  ],
  [
    "backups to two places",
    { clusters: CLUSTERS, platform: PLATFORM, backups: { awsS3: {}, s3Compatible: SPACES } },
    'backups = "[not shown]": must not have both awsS3 and s3Compatible. Use one of ' +
      "awsS3, s3Compatible and store.",
  ],
  [
    "a store of the stack at Google without a login there, for two databases",
    {
      clusters: { main: MAIN, other: MAIN },
      platform: PLATFORM,
      backups: { store: { destinationPath: "gs://backups" } },
    },
    "backups.store.google = (not set): must be set: the store is at Google Cloud Storage, and without it the client is that of S3. " +
      "Set google: {} for the identity of the pods, or name a Secret in it.",
  ],
  [
    "an encryption that the stack's store does not have",
    {
      clusters: { main: { ...MAIN, backup: { encryption: "AES256" } } },
      platform: PLATFORM,
      backups: { store: { destinationPath: "gs://backups", google: {} } },
    },
    'clusters.main.backup.encryption = "AES256": has no effect: it is a header of S3, and the store is not at an S3 service. ' +
      "Remove it: Google and Azure encrypt everything, with your own key if the bucket has one.",
  ],
  [
    "dumps of an unknown cluster",
    dumps({ cluster: "mian" }),
    'logicalBackups.dump.cluster = "mian": names a database that the stack does not declare. Use main.',
  ],
  [
    "dumps without a store",
    dumps({}, {}, { platform: PLATFORM }),
    "logicalBackups.dump.store = (not set): must be set: neither the stack nor clusters.main has a store. Set it, or declare backups of the stack.",
  ],
  [
    "dumps to a store without a login",
    dumps({ store: { destinationPath: "gs://dumps" } }),
    "logicalBackups.dump.store.google = (not set): must be set: the store is at Google Cloud Storage, and without it the client is that of S3. " +
      "Set google: {} for the identity of the pods, or name a Secret in it.",
  ],
  [
    "dumps by an owner without a password",
    dumps({}, { certificateUsers: ["app"], certificates: false }),
    "logicalBackups.dump.loginSecret = (not set): must be set: the owner of the database has no password to log in with. Name a Secret " +
      "with username and password of a role in pg_read_all_data, such as one with password: generated.",
  ],
  [
    "dumps of a replica by the owner's Secret of its own",
    {
      ...dumps({ cluster: "second" }),
      replicas: { second: { source: { cluster: "main" } } },
    },
    "logicalBackups.dump.loginSecret = (not set): must be set: replicas.second follows another cluster, whose passwords apply to it, and not " +
      'those of its own Secrets. Use "main-app", that of the owner there, or another with username and password of a role there.',
  ],
  [
    "dumps of a replica in another namespace",
    {
      ...dumps({ cluster: "second" }),
      namespaces: { standby: {} },
      replicas: {
        second: { namespace: "standby", source: { cluster: "main" }, connection: false },
      },
    },
    "logicalBackups.dump.loginSecret = (not set): must be set: replicas.second follows another cluster, whose passwords apply to it, and not " +
      "those of its own Secrets. Name a Secret with username and password of a role of that cluster, in the namespace of this one.",
  ],
  [
    "dumps of a cluster that is demoted",
    {
      ...dumps(
        {},
        { replica: { enabled: true, cluster: "second", serverName: "second-1f0c9a2e" } },
      ),
      replicas: { second: { source: { cluster: "main" }, promote: true } },
    },
    "logicalBackups.dump.loginSecret = (not set): must be set: clusters.main follows another cluster, whose passwords apply to it, and not " +
      'those of its own Secrets. Use "second-app", that of the owner there, or another with username and password of a role there.',
  ],
  [
    "dumps with the name of the cluster",
    dumps({ backupName: "main" }),
    'logicalBackups.dump.backupName = "main": needs a ServiceAccount named main, and so does clusters.main.clusterName in the same namespace. ' +
      "Use another name for one of the two.",
    'logicalBackups.dump.backupName = "main": must not be the name of the cluster, whose service account has it. Use another, such as "main-dump".',
  ],
  [
    "dumps with the name of a pooler",
    {
      ...dumps({ backupName: "pgbouncer" }),
      poolers: { pgbouncer: { cluster: "main", poolMode: "session" } },
    },
    'logicalBackups.dump.backupName = "pgbouncer": needs a ServiceAccount named pgbouncer, and so does poolers.pgbouncer.poolerName in the ' +
      "same namespace. Use another name for one of the two.",
  ],
  [
    "dumps with the name of another cluster",
    {
      ...dumps({ backupName: "second" }),
      clusters: { main: MAIN, second: MAIN },
    },
    'logicalBackups.dump.backupName = "second": needs a ServiceAccount named second, and so does clusters.second.clusterName in the same ' +
      "namespace. Use another name for one of the two.",
  ],
  [
    "dumps to the store of a database that reads settings from its files",
    dumps(
      {},
      {
        files: [{ configMap: "s3-settings", key: "config", path: "s3-settings" }],
        backup: {
          store: {
            destinationPath: "s3://shop-backups",
            environment: { AWS_CONFIG_FILE: "/projected/s3-settings" },
          },
        },
      },
    ),
    'logicalBackups.dump.store.environment.AWS_CONFIG_FILE = "/projected/s3-settings": is one of the files of the cluster, which the pods of ' +
      "dumps do not have. Send dumps to a store that needs no such file.",
  ],
  [
    "dumps in a store that does not have the encryption of base backups",
    dumps(
      {},
      { backup: { encryption: "AES256", store: { destinationPath: "gs://backups", google: {} } } },
    ),
    'clusters.main.backup.encryption = "AES256": has no effect: it is a header of S3, and the store is not at an S3 service. ' +
      "Remove it: Google and Azure encrypt everything, with your own key if the bucket has one.",
  ],
  [
    "dumps with the schedule of base backups",
    dumps({ schedule: "0 0 2 * * *" }),
    'logicalBackups.dump.schedule = "0 0 2 * * *": must have five fields: this is a CronJob of Kubernetes, which has no seconds. Write "0 2 * * *".',
  ],
  [
    "dumps with alerts and without a Prometheus",
    dumps({ monitoring: {} }),
    "platform.prometheusStack = (not set): is required by logicalBackups.dump.monitoring, which needs its definitions. Add prometheusStack with " +
      "its volumes, or { install: false } if it is already installed.",
  ],
  [
    "a cluster with backups but without a store",
    { clusters: { main: { ...MAIN, backup: { retention: "7d" } } } },
    "clusters.main.backup.store = (not set): must be set, because the stack declares no backups. Declare backups of the stack, or set a " +
      "store for this database.",
  ],
  [
    "backups without the plugin",
    { clusters: CLUSTERS, backups: AWS.backups },
    "platform.barmanCloudPlugin = (not set): is required by clusters.main for its archive. Add barmanCloudPlugin: {} and " +
      "certManager: {}, with install: false for what is already installed.",
  ],
  [
    "a cluster's own store without the plugin",
    {
      clusters: { main: { ...MAIN, backup: { store: { destinationPath: "s3://backups" } } } },
      platform: { certManager: {} },
    },
    "platform.barmanCloudPlugin = (not set): is required by clusters.main for its archive. Add barmanCloudPlugin: {}, with " +
      "install: false for what is already installed.",
  ],
  [
    "the plugin without cert-manager",
    { clusters: CLUSTERS, backups: AWS.backups, platform: { barmanCloudPlugin: {} } },
    'platform.barmanCloudPlugin = "[wanted]": needs certificates of cert-manager, which this platform does not ' +
      "have. Add certManager: {}, or certManager: { install: false } if one exists already.",
  ],
  [
    "a role and an access key",
    {
      clusters: CLUSTERS,
      platform: PLATFORM,
      backups: {
        awsS3: {
          user: {},
          role: { oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/oidc.example.com" },
        },
      },
    },
    'backups.awsS3.user = "[not shown]": must not be set together with role: an access key would only be one more secret to ' +
      "lose. Remove user, or role for a cluster that does not run on EKS.",
  ],
  [
    "a role with service accounts, which the program sets",
    {
      clusters: CLUSTERS,
      platform: PLATFORM,
      backups: { awsS3: { role: { oidcProviderArn: "oidc.example.com", serviceAccounts: ["*"] } } },
    },
    'backups.awsS3.role.oidcProviderArn = "oidc.example.com": is not the ARN of an OpenID Connect provider in IAM. Use one such as ' +
      '"arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF".',
    'backups.awsS3.role.serviceAccounts = "[not shown]": is not an argument, and would do nothing. Remove it; there ' +
      "are oidcProviderArn.",
  ],
  [
    "a bucket with a shorter retention than a database",
    {
      ...AWS,
      clusters: { main: { ...MAIN, backup: { retention: "6w" } } },
      backups: { awsS3: { retentionDays: 30, user: {} } },
    },
    "backups.awsS3.retentionDays = 30: clusters.main keeps backups for 42 days, and those deleted by mistake could not be " +
      "restored for as long. Use 42 or more, or leave it out.",
  ],
  [
    "Glacier that a recovery would have to wait for",
    {
      ...AWS,
      clusters: CLUSTERS,
      backups: { awsS3: { user: {}, glacier: { afterDays: 10, storageClass: "DEEP_ARCHIVE" } } },
    },
    "backups.awsS3.glacier.afterDays = 10: a recovery within the 30 days of retention would find backups that it cannot read at " +
      'once. Use more than 30 plus the days between two base backups, or storageClass "GLACIER_IR".',
  ],
  [
    "another service without an address, a bucket and a key",
    { clusters: CLUSTERS, platform: PLATFORM, backups: { s3Compatible: {} } },
    "backups.s3Compatible.bucketName = (not set): must be a string. Give a string.",
    "backups.s3Compatible.endpointUrl = (not set): must be a string. Give a string.",
    "backups.s3Compatible.credentialsSecret = (not set): must be set: only AWS has other ways to log in. Name a Secret " +
      "with an access key, or set `credentials`.",
  ],
  [
    "another service without TLS",
    {
      clusters: CLUSTERS,
      platform: PLATFORM,
      backups: { s3Compatible: { ...SPACES, endpointUrl: "http://user:password@example.com" } },
    },
    'backups.s3Compatible.endpointUrl = "http://[secret]@example.com": the data of the database would cross the network ' +
      "unencrypted. Use https://, with caCertificate or caSecret for an authority that the image does not trust.",
  ],
  [
    "five fields of a schedule",
    { ...AWS, clusters: { main: { ...MAIN, backup: { schedule: "0 3 * * *" } } } },
    'clusters.main.backup.schedule = "0 3 * * *": must have six fields: CloudNativePG reads the first of five as ' +
      'seconds too, and runs at other times than intended. Write "0 0 3 * * *": the seconds come first.',
  ],
  [
    "backups as a word",
    { ...AWS, clusters: { main: { ...MAIN, backup: "off" } } },
    'clusters.main.backup = "off": must be an object. Give an object.',
  ],
  [
    "cert-manager as an issuer without cert-manager",
    certified({ issuer: "cert-manager" }),
    'certificates.issuer = "cert-manager": needs cert-manager, which the platform does not have. Add certManager: {} to ' +
      "platform, with install: false if it is already installed.",
  ],
  [
    "an issuer for a cert-manager that does not exist",
    certified({ authority: { certManager: { kind: "Issuer" } } }),
    'certificates.authority.certManager = {"kind":"Issuer"}: needs cert-manager, which the platform does not have. Add ' +
      "certManager: {} to platform, with install: false if it is already installed.",
  ],
  [
    "certificates that outlive their authority, reported once",
    {
      clusters: { main: MAIN, audit: MAIN },
      certificates: { validityDays: 500, authority: { validityDays: 1000, renewBeforeDays: 400 } },
    },
    "certificates.validityDays = 500: the authority may have only 400 days left when it issues, and a certificate becomes " +
      "invalid with its authority. Use 400 or less, or an authority with more renewBeforeDays.",
  ],
  [
    "a certificate for the superuser",
    certified(
      {},
      { certificateUsers: ["app", "postgres"], roles: [{ name: "postgres", login: true }] },
    ),
    'clusters.main.certificateUsers[1] = "postgres": is the superuser, and a certificate cannot be revoked before it expires. ' +
      "Use another role with only the rights that are needed.",
    'clusters.main.roles[0].name = "postgres": is reserved for PostgreSQL and the operator. Use another name, one that ' +
      "does not begin with pg_ or cnpg_.",
  ],
  [
    "an outside name that is a URL",
    certified({}, { certificates: { externalNames: ["https://db.example.com"] } }),
    'clusters.main.certificates.externalNames[0] = "https://db.example.com": must be a bare host: clients compare ' +
      "nothing else with the certificate. Give the host alone, without scheme, port or path, such as " +
      "db.example.com.",
  ],
  [
    "Services without an authority of the stack",
    { clusters: { main: { ...MAIN, certificates: { additionalServices: ["orders"] } } } },
    'clusters.main.certificates.additionalServices = ["orders"]: the stack has no authority, and CloudNativePG\'s ' +
      "certificates do not contain such names. Declare certificates of the stack, or name a Secret in serverTlsSecret.",
  ],
  [
    "names for a certificate of another authority",
    certified(
      {},
      {
        certificates: {
          serverTlsSecret: "own-tls",
          serverCaSecret: "own-ca",
          additionalServices: ["orders"],
        },
      },
    ),
    'clusters.main.certificates.additionalServices = ["orders"]: with serverTlsSecret the stack issues no certificate ' +
      "for this database. Add the names to that certificate, or remove the names of Secrets.",
  ],
  [
    "a recovery from nowhere",
    recovery({ source: {} }),
    "recoveries.restored.source = (not set): must name the cluster that the data come from. Set source.cluster, a key of " +
      "clusters, or source.serverName, the name of an archive.",
  ],
  [
    "a recovery from two archives",
    recovery({ source: { cluster: "main", serverName: "main-00c0ffee" } }),
    'recoveries.restored.source.serverName = "[not shown]": must not be set together with source.cluster. ' +
      "Remove one of them.",
  ],
  [
    "a recovery of an unknown cluster",
    recovery({ source: { cluster: "mian" } }),
    'recoveries.restored.source.cluster = "mian": names a cluster that the stack does not declare. Use main; or if mian was ' +
      "removed, replace source by what the last deployment has of it: `pulumi stack output standalone`. That names its archive in " +
      "source.serverName, and sets what was taken from it so far and has other defaults: storage, " +
      "walStorage, resources, parameters, version, image, imagePullSecrets, nodes, placement, tablespaces, sharedPreloadLibraries, imageCatalog, extensionImages, source.parameters, database.name, database.owner.",
  ],
  [
    "a recovery whose source was removed, with some arguments of its own",
    {
      ...AWS,
      clusters: { other: MAIN },
      recoveries: {
        restored: {
          source: { cluster: "main", parameters: {} },
          storage: { size: "10Gi" },
          walStorage: { size: "5Gi" },
          resources: { cpu: "2", memory: "8Gi" },
          version: 18,
          nodes: 3,
          database: { name: "app", owner: "app" },
        },
      },
    },
    'recoveries.restored.source.cluster = "main": names a cluster that the stack does not declare. Use other; or if main was ' +
      "removed, replace source by what the last deployment has of it: `pulumi stack output standalone`. That names its archive in " +
      "source.serverName, and sets what was taken from it so far and has other defaults: parameters, " +
      "image, imagePullSecrets, placement, tablespaces, sharedPreloadLibraries, imageCatalog, extensionImages.",
  ],
  [
    "a recovery of a cluster without backups",
    { ...recovery({}), clusters: { main: { ...MAIN, backup: false } } },
    'recoveries.restored.source.cluster = "main": needs backups of clusters.main, which has none. ' +
      "Add backups of clusters.main, or name an older archive in source.serverName.",
  ],
  [
    "a recovery from an archive without a store, and without a database",
    {
      clusters: CLUSTERS,
      platform: PLATFORM,
      recoveries: { restored: { ...MAIN, source: { serverName: "main-00c0ffee" } } },
    },
    "recoveries.restored.source.store = (not set): must be set, because the stack declares no backups. " +
      "Declare backups of the stack, or set source.store.",
    "recoveries.restored.database = (not set): must have the name and owner for the credentials: an archive does not contain them. Set " +
      "name and owner to those of the source.",
  ],
  [
    "a recovery from an archive without a size",
    recovery({
      source: { serverName: "main-00c0ffee" },
      database: { name: "app", owner: "app" },
    }),
    "recoveries.restored.storage = (not set): must be an object. Give an object.",
  ],
  [
    "a recovery with another version",
    recovery({ version: 17 }),
    "recoveries.restored.version = 17: must be 18, the version of clusters.main: no other can read its files. Remove it, and upgrade " +
      "afterwards.",
  ],
  [
    "a recovery to a time without a zone",
    recovery({ target: { time: "2026-11-21T08:00:39" } }),
    'recoveries.restored.target.time = "2026-11-21T08:00:39": must have a time zone: without one it may be hours off. ' +
      'Write "2026-11-21T08:00:39Z" if that is UTC, or add the zone, such as +01:00.',
  ],
  [
    "a recovery with its source's name",
    recovery({ clusterName: "main" }),
    'recoveries.restored.clusterName = "main": is already the name of clusters.main in the same namespace. Use another name.',
  ],
  [
    "a replica with its source's key",
    { ...AWS, clusters: CLUSTERS, replicas: { main: { source: { cluster: "main" } } } },
    'replicas.main = "main": is already the key of clusters.main, and poolers and certificates refer to databases by key. Use another ' +
      "key; clusterName can set the cluster's name.",
  ],
  [
    "a replica with a token and no promotion",
    {
      ...AWS,
      clusters: CLUSTERS,
      replicas: { standby: { source: { cluster: "main" }, promotionToken: "token" } },
    },
    'replicas.standby.promotionToken = "[not shown]": is for the promotion, and CloudNativePG refuses it for a replica. ' +
      "Set promote: true in the same deployment, or remove it.",
  ],
  [
    "a mistake in the source, reported only there",
    {
      ...AWS,
      clusters: { main: { ...MAIN, parameters: { fsync: "off" } } },
      recoveries: { restored: { source: { cluster: "main" } } },
    },
    'clusters.main.parameters.fsync = "off": after a crash of the host the data directory could be damaged beyond recovery. Remove ' +
      "it; to load data fast, use COPY and UNLOGGED tables.",
  ],
  [
    "monitoring without a Prometheus",
    {
      clusters: CLUSTERS,
      poolers: { pooler: { cluster: "main", poolMode: "session", monitoring: {} } },
    },
    "platform.prometheusStack = (not set): is required by poolers.pooler.monitoring, which needs its definitions. Add prometheusStack " +
      "with its volumes, or { install: false } if it is already installed.",
  ],
];

describe("the stack's configuration is refused for", () => {
  test.each(mistakes)("%s", (_, wrong, ...says) => {
    expect(refusalOf(wrong)).toEqual(says);
  });
});

describe("a secret in the stack's configuration", () => {
  const s3 = { ...SPACES, credentialsSecret: undefined };
  const stack = {
    clusters: CLUSTERS,
    platform: PLATFORM,
    backups: {
      s3Compatible: { ...s3, credentials: { accessKeyId: "id", secretAccessKey: "key" } },
    },
  };

  test("is refused in plain text, and not shown", () => {
    expect(refusalOf(stack)).toEqual([
      'backups.s3Compatible.credentials.secretAccessKey = "[secret]": must not be in plain text in the stack\'s file, where every ' +
        "reader sees it. Set it with `pulumi config set --secret --path " +
        "ha-postgres:backups.s3Compatible.credentials.secretAccessKey`, or name a Secret in credentialsSecret.",
    ]);
  });

  test("is accepted when it is encrypted", () => {
    expect(refusalOf(stack, ["backups"])).toEqual([]);
  });

  test("is not shown in another mistake", () => {
    const wrong = { s3Compatible: { ...s3, credentials: "the-secret-key" } };
    expect(refusalOf({ ...stack, backups: wrong }, ["backups"])).toEqual([
      'backups.s3Compatible.credentials = "[secret]": must be an object. Give an object.',
    ]);
  });

  test("is refused as the key of an authority as well", async () => {
    const { certificate, privateKey } = await certificateFixture({ commonName: "own", days: 100 });
    const certificates = { authority: { existing: { certificate, privateKey } } };
    expect(refusalOf(certified(certificates))).toEqual([
      'certificates.authority.existing.privateKey = "[secret]": must not be in plain text in the stack\'s file, where every ' +
        "reader sees it. Set it with `pulumi config set --secret --path ha-postgres:certificates.authority.existing.privateKey`.",
    ]);
    expect(refusalOf(certified(certificates), ["certificates"])).toEqual([]);
  });
});

describe("what is switched off", () => {
  test("needs no store, no plugin and no authority", () => {
    const off = { backup: false, certificates: false, monitoring: false };
    const stack = { clusters: { main: { ...MAIN, ...off } } };
    expect(refusalOf(stack)).toEqual([]);
    pulumi.runtime.setAllConfig({ "ha-postgres:clusters": JSON.stringify(stack.clusters) });
    expect(readPlan("ha-postgres").config.clusters["main"]).toEqual({ ...MAIN, ...off });
  });

  test("is switched off only where it can be", () => {
    expect(refusalOf({ clusters: { main: { ...MAIN, rto: false, connection: false } } })).toEqual([
      'clusters.main.rto = false: is not a valid value. Use one of "fast", "balanced", "patient".',
      'clusters.main.connection = "[not shown]": is not an argument, and would do nothing. Remove it; there are ' +
        "storage, walStorage, clusterName, instances, nodes, version, image, resources, parameters, synchronous, placement, " +
        "databases, roles, pgHba, certificates, certificateUsers, backup, superuserAccess, rto, networkPolicy, exposed, " +
        "monitoring, deletionProtection, labels, tablespaces, ephemeralVolumesSizeLimit, files, env, timeZone, " +
        "imagePullSecrets, annotations, spec, sharedPreloadLibraries, cronJobs, imageCatalog, extensionImages, database, replica, namespace.",
    ]);
  });
});

describe("a stack of recoveries alone", () => {
  test("is accepted, once its clusters are lost", () => {
    expect(
      refusalOf({
        ...AWS,
        recoveries: {
          main: {
            ...MAIN,
            source: { serverName: "main-00c0ffee" },
            database: { name: "app", owner: "app" },
          },
        },
        poolers: { pooler: { cluster: "main", poolMode: "session" } },
      }),
    ).toEqual([]);
  });
});

describe("a recovery that may begin empty", () => {
  const either = (backups: Values): Values => ({
    platform: PLATFORM,
    secrets: { spaces: { external: true }, s3: { external: true } },
    backups,
    clusters: CLUSTERS,
    recoveries: {
      shop: {
        ...MAIN,
        source: { serverName: "shop-00c0ffee" },
        database: { name: "shop", owner: "shop" },
        createIfEmpty: true,
      },
    },
  });

  test.each<[string, Values]>([
    ["another service", { s3Compatible: SPACES }],
    ["AWS by a user", { awsS3: { user: {} } }],
    [
      "a store with an access key",
      {
        store: {
          destinationPath: "s3://backups",
          accessKeyId: { name: "s3", key: "id" },
          secretAccessKey: { name: "s3", key: "secret" },
        },
      },
    ],
  ])("looks into %s", (_, backups) => {
    expect(refusalOf(either(backups))).toEqual([]);
  });

  test("is refused with the role of a stack's bucket", () => {
    const role = { oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/oidc.example.com/id" };
    expect(refusalOf(either({ awsS3: { role } }))).toEqual([
      "recoveries.shop.createIfEmpty = true: needs an access key in source.store: the pod that looks into it has no service " +
        "account with a role. Set accessKeyId and secretAccessKey of the store (in a stack awsS3.user instead of role), or remove it.",
    ]);
  });

  test("is not blamed for a login that its store lacks", () => {
    const { endpointUrl, bucketName } = SPACES;
    expect(refusalOf(either({ s3Compatible: { endpointUrl, bucketName } }))).toEqual([
      expect.stringContaining("backups.s3Compatible.credentialsSecret = (not set)"),
    ]);
  });
});
