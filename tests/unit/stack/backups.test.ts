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

/** Everything that the program has to say against a stack, whose `encrypted` keys the engine keeps as secrets. */
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

/** A mistake: what somebody wrote, and what the program says of it. */
const mistakes: [what: string, wrong: Values, ...says: string[]][] = [
  [
    "backups to nowhere",
    { clusters: CLUSTERS, platform: PLATFORM, backups: {} },
    "backups = {}: nothing says where backups go. Give one of awsS3 and s3Compatible.",
  ],
  [
    "backups to two places",
    { clusters: CLUSTERS, platform: PLATFORM, backups: { awsS3: {}, s3Compatible: SPACES } },
    'backups = "[not shown]": awsS3 and s3Compatible are both given, and which of them is meant cannot be told. Give one of ' +
      "awsS3 and s3Compatible.",
  ],
  [
    "a cluster that is backed up, and no place for it",
    { clusters: { main: { ...MAIN, backup: { retention: "7d" } } } },
    "clusters.main.backup.store = (not set): the stack names no place for backups. Declare backups of the stack, or give this " +
      "database a store of its own.",
  ],
  [
    "backups without the plugin",
    { clusters: CLUSTERS, backups: AWS.backups },
    "platform.barmanCloudPlugin = (not set): clusters.main needs it, for its archive. Add barmanCloudPlugin: {} and " +
      "certManager: {}, with install: false for what is there already.",
  ],
  [
    "a store of its own without the plugin",
    {
      clusters: { main: { ...MAIN, backup: { store: { destinationPath: "s3://backups" } } } },
      platform: { certManager: {} },
    },
    "platform.barmanCloudPlugin = (not set): clusters.main needs it, for its archive. Add barmanCloudPlugin: {}, with " +
      "install: false for what is there already.",
  ],
  [
    "the plugin without cert-manager",
    { clusters: CLUSTERS, backups: AWS.backups, platform: { barmanCloudPlugin: {} } },
    'platform.barmanCloudPlugin = "[wanted]": it needs certificates of cert-manager\'s, which this platform does not have. Add ' +
      "certManager: {}, or certManager: { install: false } where one is there already.",
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
    'backups.awsS3.user = "[not shown]": there is a role already, and an access key beside it would only be one more thing to ' +
      "lose. Remove user, or role for a cluster that does not run on EKS.",
  ],
  [
    "a role whose service accounts are the program's to say",
    {
      clusters: CLUSTERS,
      platform: PLATFORM,
      backups: { awsS3: { role: { oidcProviderArn: "oidc.example.com", serviceAccounts: ["*"] } } },
    },
    'backups.awsS3.role.oidcProviderArn = "oidc.example.com": it is no OpenID Connect provider in IAM. Give the ARN, such as ' +
      '"arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF".',
    'backups.awsS3.role.serviceAccounts = "[not shown]": there is no such argument, and it would do nothing. Remove it; there ' +
      "are oidcProviderArn.",
  ],
  [
    "a bucket that forgets sooner than a database",
    {
      ...AWS,
      clusters: { main: { ...MAIN, backup: { retention: "6w" } } },
      backups: { awsS3: { retentionDays: 30, user: {} } },
    },
    "backups.awsS3.retentionDays = 30: clusters.main keeps backups for 42 days, and what is deleted by mistake could not be " +
      "brought back for as long. Use 42 or more, or leave it out.",
  ],
  [
    "Glacier that a recovery would have to wait for",
    {
      ...AWS,
      clusters: CLUSTERS,
      backups: { awsS3: { user: {}, glacier: { afterDays: 10, storageClass: "DEEP_ARCHIVE" } } },
    },
    "backups.awsS3.glacier.afterDays = 10: a recovery within the 30 days of retention would find backups that it cannot read at " +
      'once. Use more than 30 and the days between two base backups, or storageClass "GLACIER_IR".',
  ],
  [
    "another service without an address, a bucket and a key",
    { clusters: CLUSTERS, platform: PLATFORM, backups: { s3Compatible: {} } },
    "backups.s3Compatible.bucketName = (not set): it has to be of type string. Give a string.",
    "backups.s3Compatible.endpointUrl = (not set): it has to be of type string. Give a string.",
    "backups.s3Compatible.credentialsSecret = (not set): nothing says how to log in, and only AWS has other ways. Name a Secret " +
      "with an access key, or give `credentials`.",
  ],
  [
    "another service in the clear",
    {
      clusters: CLUSTERS,
      platform: PLATFORM,
      backups: { s3Compatible: { ...SPACES, endpointUrl: "http://user:password@example.com" } },
    },
    'backups.s3Compatible.endpointUrl = "http://[secret]@example.com": the data of the database would cross the network in the ' +
      "clear. Use https://, with caCertificate or caSecret for an authority that the image does not trust.",
  ],
  [
    "five fields of a schedule",
    { ...AWS, clusters: { main: { ...MAIN, backup: { schedule: "0 3 * * *" } } } },
    'clusters.main.backup.schedule = "0 3 * * *": it has five fields, and CloudNativePG reads the first of them as seconds, so ' +
      'that it would run at other times than meant. Write "0 0 3 * * *": the seconds come first.',
  ],
  [
    "backups that are on or off in another word",
    { ...AWS, clusters: { main: { ...MAIN, backup: "off" } } },
    'clusters.main.backup = "off": it has to be of type object. Give an object.',
  ],
  [
    "cert-manager as an issuer where there is none",
    certified({ issuer: "cert-manager" }),
    'certificates.issuer = "cert-manager": the platform has no cert-manager that could issue anything. Add certManager: {} to ' +
      "platform, with install: false where one is there already.",
  ],
  [
    "an authority for a cert-manager that is not there",
    certified({ authority: { certManager: { kind: "Issuer" } } }),
    'certificates.authority.certManager = {"kind":"Issuer"}: the platform has no cert-manager that could issue anything. Add ' +
      "certManager: {} to platform, with install: false where one is there already.",
  ],
  [
    "certificates that outlive their authority, told once",
    {
      clusters: { main: MAIN, audit: MAIN },
      certificates: { validityDays: 500, authority: { validityDays: 1000, renewBeforeDays: 400 } },
    },
    "certificates.validityDays = 500: the authority may have only 400 days left when it issues, and a certificate that outlives " +
      "it is worth nothing. Use 400 or less, or an authority with more renewBeforeDays.",
  ],
  [
    "a certificate for the superuser",
    certified(
      {},
      { certificateUsers: ["app", "postgres"], roles: [{ name: "postgres", login: true }] },
    ),
    'clusters.main.certificateUsers[1] = "postgres": it is the superuser, and a certificate cannot be taken back before its end. ' +
      "Use a role of your own with the rights that are needed.",
    'clusters.main.roles[0].name = "postgres": PostgreSQL and the operator keep this name for themselves. Use another name, one ' +
      "that does not begin with pg_ or cnpg_.",
  ],
  [
    "a name from outside that is an address of a page",
    certified({}, { certificates: { externalNames: ["https://db.example.com"] } }),
    'clusters.main.certificates.externalNames[0] = "https://db.example.com": clients compare the bare host with the certificate, ' +
      "and would never find one that is written so. Give the host alone, without scheme, port or path, such as db.example.com.",
  ],
  [
    "names for a certificate that nobody issues",
    { clusters: { main: { ...MAIN, certificates: { externalNames: ["db.example.com"] } } } },
    'clusters.main.certificates.externalNames = ["db.example.com"]: the stack has no authority, and CloudNativePG\'s own ' +
      "certificates hold no such names. Declare certificates of the stack, or name a Secret in serverTlsSecret.",
  ],
  [
    "names for a certificate that is somebody else's",
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
    'clusters.main.certificates.additionalServices = ["orders"]: with serverTlsSecret the stack issues nothing for this ' +
      "database. Have the names in that certificate, or remove the names of Secrets.",
  ],
  [
    "a recovery from nowhere",
    recovery({ source: {} }),
    "recoveries.restored.source = (not set): nothing says which cluster the data come from. Give source.cluster, a key of " +
      "clusters, or source.serverName, the name of an archive.",
  ],
  [
    "a recovery from two archives",
    recovery({ source: { cluster: "main", serverName: "main-00c0ffee" } }),
    'recoveries.restored.source.serverName = "[not shown]": source.cluster is given as well, and which of the two is meant ' +
      "cannot be told. Remove one of them.",
  ],
  [
    "a recovery of a cluster that is not there",
    recovery({ source: { cluster: "mian" } }),
    'recoveries.restored.source.cluster = "mian": the stack declares no cluster of that name. Use main, or name its archive in ' +
      "source.serverName, and write here what it has had from it so far, of which the defaults are other ones: storage, " +
      "walStorage, resources, parameters, version, image, nodes, placement, source.parameters, database.name, database.owner.",
  ],
  [
    "a recovery whose source has left the stack, but for what it says itself",
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
    'recoveries.restored.source.cluster = "main": the stack declares no cluster of that name. Use other, or name its archive in ' +
      "source.serverName, and write here what it has had from it so far, of which the defaults are other ones: parameters, " +
      "image, placement.",
  ],
  [
    "a recovery of a cluster without backups",
    { ...recovery({}), clusters: { main: { ...MAIN, backup: false } } },
    'recoveries.restored.source.cluster = "main": clusters.main is not backed up, so there is nothing to make another database ' +
      "from. Let clusters.main have backups, or name an older archive in source.serverName.",
  ],
  [
    "a recovery from an archive without a store, and without a database",
    {
      clusters: CLUSTERS,
      platform: PLATFORM,
      recoveries: { restored: { ...MAIN, source: { serverName: "main-00c0ffee" } } },
    },
    "recoveries.restored.source.store = (not set): the stack names no place for backups, and so none where the archive is. " +
      "Declare backups of the stack, or give source.store.",
    "recoveries.restored.database = (not set): an archive does not tell which database and owner the credentials are for. Give " +
      "name and owner as the source has them.",
  ],
  [
    "a recovery from an archive without a size",
    recovery({
      source: { serverName: "main-00c0ffee" },
      database: { name: "app", owner: "app" },
    }),
    "recoveries.restored.storage = (not set): it has to be of type object. Give an object.",
  ],
  [
    "a recovery with another version",
    recovery({ version: 17 }),
    "recoveries.restored.version = 17: clusters.main is PostgreSQL 18, and no other can read its files. Remove it, and upgrade " +
      "afterwards.",
  ],
  [
    "a recovery to a time without a zone",
    recovery({ target: { time: "2026-11-21T08:00:39" } }),
    'recoveries.restored.target.time = "2026-11-21T08:00:39": it does not say its time zone, and what is meant may be hours away. ' +
      'Write "2026-11-21T08:00:39Z" if that is UTC, or add the zone, such as +01:00.',
  ],
  [
    "a recovery of its source's name",
    recovery({ clusterName: "main" }),
    'recoveries.restored.clusterName = "main": clusters.main has this name already, in the same namespace. Use another name.',
  ],
  [
    "a replica of its source's key",
    { ...AWS, clusters: CLUSTERS, replicas: { main: { source: { cluster: "main" } } } },
    'replicas.main = "main": clusters.main has this key already, and poolers and certificates know databases by it. Use another ' +
      "key; clusterName may say what it is called.",
  ],
  [
    "a replica with a token and no promotion",
    {
      ...AWS,
      clusters: CLUSTERS,
      replicas: { standby: { source: { cluster: "main" }, promotionToken: "token" } },
    },
    'replicas.standby.promotionToken = "[not shown]": it is for the promotion, and CloudNativePG refuses it for a replica. Set ' +
      "promote: true in the same deployment, or remove it.",
  ],
  [
    "a mistake of the source's, told there alone",
    {
      ...AWS,
      clusters: { main: { ...MAIN, parameters: { fsync: "off" } } },
      recoveries: { restored: { source: { cluster: "main" } } },
    },
    'clusters.main.parameters.fsync = "off": after a crash of the host the data directory could be damaged beyond recovery. Remove ' +
      "it; to load data fast, use COPY and UNLOGGED tables.",
  ],
  [
    "monitoring that nobody reads",
    {
      clusters: CLUSTERS,
      poolers: { pooler: { cluster: "main", poolMode: "session", monitoring: {} } },
    },
    "platform.prometheusStack = (not set): poolers.pooler.monitoring needs the definitions that come with it. Add prometheusStack " +
      "with its volumes, or { install: false } where one is there already.",
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
      'backups.s3Compatible.credentials.secretAccessKey = "[secret]": it stands in the stack\'s file in plain text, for everybody ' +
        "who reads that. Set it with `pulumi config set --secret --path " +
        "ha-postgres:backups.s3Compatible.credentials.secretAccessKey`, or name a Secret in credentialsSecret.",
    ]);
  });

  test("is taken when it is encrypted", () => {
    expect(refusalOf(stack, ["backups"])).toEqual([]);
  });

  test("is not shown in another mistake", () => {
    const wrong = { s3Compatible: { ...s3, credentials: "the-secret-key" } };
    expect(refusalOf({ ...stack, backups: wrong }, ["backups"])).toEqual([
      'backups.s3Compatible.credentials = "[secret]": it has to be of type object. Give an object.',
    ]);
  });

  test("is refused as the key of an authority as well", async () => {
    const { certificate, privateKey } = await certificateFixture({ commonName: "own", days: 100 });
    const certificates = { authority: { existing: { certificate, privateKey } } };
    expect(refusalOf(certified(certificates))).toEqual([
      'certificates.authority.existing.privateKey = "[secret]": it stands in the stack\'s file in plain text, for everybody who ' +
        "reads that. Set it with `pulumi config set --secret --path ha-postgres:certificates.authority.existing.privateKey`.",
    ]);
    expect(refusalOf(certified(certificates), ["certificates"])).toEqual([]);
  });
});

describe("what is switched off", () => {
  test("needs no place, no plugin and no authority", () => {
    const off = { backup: false, certificates: false, monitoring: false };
    const stack = { clusters: { main: { ...MAIN, ...off } } };
    expect(refusalOf(stack)).toEqual([]);
    pulumi.runtime.setAllConfig({ "ha-postgres:clusters": JSON.stringify(stack.clusters) });
    expect(readPlan("ha-postgres").config.clusters["main"]).toEqual({ ...MAIN, ...off });
  });

  test("is switched off only where it can be", () => {
    expect(refusalOf({ clusters: { main: { ...MAIN, rto: false, connection: false } } })).toEqual([
      'clusters.main.rto = false: it is none of the values this can have. Use one of "fast", "balanced", "patient".',
      'clusters.main.connection = "[not shown]": there is no such argument, and it would do nothing. Remove it; there are ' +
        "storage, walStorage, clusterName, instances, nodes, version, image, resources, parameters, synchronous, placement, " +
        "databases, roles, pgHba, certificates, certificateUsers, backup, superuserAccess, rto, networkPolicy, " +
        "monitoring, deletionProtection, labels, database.",
    ]);
  });
});

describe("a stack of recoveries alone", () => {
  test("is one, once its clusters are lost", () => {
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
