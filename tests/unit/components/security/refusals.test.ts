import {
  BackupBucket,
  CertificateAuthority,
  ClusterCertificates,
  LeafCertificate,
  S3CompatibleStore,
  type BackupBucketArgs,
  type CertificateAuthorityArgs,
  type CertificateSigner,
  type IssuedCertificatesArgs,
  type LeafCertificateArgs,
  type S3CompatibleStoreArgs,
} from "../../../../components";
import { certificateFixture, type CertificateFixture } from "../../support/certificate-fixtures";
import { refusalOf } from "../../support/refusal";

/** A mistake: the arguments, and the sentences of the error. */
type Mistake<Args> = [
  what: string,
  wrong: Partial<Args> | Record<string, unknown>,
  ...says: string[],
];

const ca: CertificateSigner = {
  certificate: "the authority's certificate",
  privateKey: "the authority's key",
  remainingDays: 365,
};

const refusedAs =
  <Args>(least: Args, make: (args: Args) => unknown) =>
  async (_: string, wrong: Partial<Args> | Record<string, unknown>, ...says: string[]) => {
    expect(await refusalOf(() => make({ ...least, ...wrong }))).toEqual(says);
  };

const authorityMistakes: Mistake<CertificateAuthorityArgs>[] = [
  [
    "an intermediate that lives as long as its root",
    { validityDays: 1825, intermediate: { validityDays: 1825 } },
    "intermediate.validityDays = 1825: the root is valid for 1825 days, and an intermediate must expire before it. " +
      "Use less than 1825, half of it for example.",
  ],
  [
    "a root that is renewed too late for its intermediate",
    { renewBeforeDays: 365, intermediate: {} },
    "intermediate.validityDays = 1825: the root is renewed 365 days before it expires, and an intermediate issued " +
      "just before that would outlive it. Use 365 or less, or remove renewBeforeDays of the root.",
  ],
  [
    "a root that is renewed from its first day",
    { validityDays: 30, renewBeforeDays: 30 },
    "renewBeforeDays = 30: a certificate of 30 days would be renewed by every deployment. " +
      "Use less than 30, the days that it is valid.",
  ],
  [
    "a fraction of a day",
    { validityDays: 0.5 },
    "validityDays = 0.5: must be a whole number. Give a whole number.",
  ],
  [
    "a name that is too long for a certificate",
    { commonName: "x".repeat(65) },
    `commonName = "${"x".repeat(65)}": must have 1 to 64 printable characters, the most that a certificate allows. ` +
      "Use 1 to 64 letters, digits and punctuation.",
  ],
  [
    "an existing authority without a valid certificate or key",
    { existing: { certificate: "no PEM", privateKey: "hunter2" } },
    'existing.certificate = "no PEM": must be exactly one certificate. Use that of the authority as PEM, beginning with ' +
      "-----BEGIN CERTIFICATE-----, and others in `parents`.",
    'existing.privateKey = "[secret]": must be a private key without a passphrase. Use the key as PEM, ' +
      "beginning with -----BEGIN PRIVATE KEY-----.",
  ],
  [
    "a namespace that Kubernetes rejects",
    { namespaces: ["Shop"] },
    'namespaces[0] = "Shop": is not a valid name of a Kubernetes namespace. Use at most 63 lower-case letters, ' +
      "digits and dashes.",
  ],
  [
    "a misspelt argument",
    { intermediates: {} },
    'intermediates = "[not shown]": is not an argument, and would do nothing. ' +
      "Did you mean `intermediate`? If not, remove it.",
  ],
];

describe("CertificateAuthority refuses", () => {
  const make = (args: CertificateAuthorityArgs) => new CertificateAuthority("databases", args);

  test.each(authorityMistakes)("%s", refusedAs({}, make));

  describe("an existing authority", () => {
    let root: CertificateFixture;
    const existing = ({ certificate, privateKey }: CertificateFixture) => ({
      certificate,
      privateKey,
    });

    beforeAll(async () => {
      root = await certificateFixture({ commonName: "root", days: 100 });
    });

    test("with the key of another", async () => {
      const other = await certificateFixture({ commonName: "other", days: 100 });
      const wrong = { certificate: root.certificate, privateKey: other.privateKey };
      expect(await refusalOf(() => make({ existing: wrong }))).toEqual([
        'existing.privateKey = "[secret]": is not the key of the certificate, so no client would trust what it signs. ' +
          "Use a certificate and key that belong together.",
      ]);
    });

    test("that is a leaf", async () => {
      const leaf = await certificateFixture({ commonName: "leaf", days: 100, ca: false });
      expect(await refusalOf(() => make({ existing: existing(leaf) }))).toEqual([
        'existing.certificate = "CN=leaf": is not an authority\'s: no client would trust what it signs. ' +
          "Use a certificate with the basic constraint CA:TRUE.",
      ]);
    });

    test("that has expired", async () => {
      const ended = await certificateFixture({ commonName: "old", days: -1, since: 10 });
      const [says, ...more] = await refusalOf(() => make({ existing: existing(ended) }));
      expect(says).toMatch(
        /^existing\.certificate = ".+ GMT": has expired or expires within a day, so it cannot issue anything\. Use an authority that is valid\.$/,
      );
      expect(more).toEqual([]);
    });

    test("that expires before the intermediate would", async () => {
      expect(
        await refusalOf(() =>
          make({ existing: existing(root), intermediate: { validityDays: 365 } }),
        ),
      ).toEqual([
        "intermediate.validityDays = 365: the existing authority expires in 100 days, and an intermediate must expire before " +
          "it. Use 100 or less, or an authority that expires later.",
      ]);
    });

    test("with a lifetime for a root that is not made", async () => {
      expect(await refusalOf(() => make({ existing: existing(root), validityDays: 3650 }))).toEqual(
        [
          "validityDays = 3650: must not be set for an existing authority, which has it already. " +
            "Remove it, or set it in `intermediate`.",
        ],
      );
    });
  });
});

const leafMistakes: Mistake<LeafCertificateArgs>[] = [
  [
    "a leaf that outlives its authority",
    { validityDays: 366 },
    "validityDays = 366: the authority may have only 365 days left when it issues, and a certificate becomes invalid with " +
      "its authority. Use 365 or less, or an authority with more renewBeforeDays.",
  ],
  [
    "a leaf that is always due",
    { validityDays: 30, renewBeforeDays: 30 },
    "renewBeforeDays = 30: a certificate of 30 days would be renewed continuously. " +
      "Use less than 30, the days that it is valid.",
  ],
  [
    "a server without a name",
    { usage: "server" },
    "dnsNames = (not set): clients that verify the host compare it with these names, and not with the common name. " +
      "Add every name that clients use for the server.",
  ],
  [
    "a client without a name",
    { commonName: undefined },
    "commonName = (not set): must be set: it identifies the client, and is its role in PostgreSQL. " +
      "Set it to the role that logs in with the certificate.",
  ],
  [
    "cert-manager without an issuer",
    { issuer: "cert-manager" },
    'issuer = "cert-manager": the authority is not an issuer of cert-manager, so nothing would be issued. ' +
      "Set certManager of the CertificateAuthority, or ca.issuerName.",
  ],
  [
    "an invalid address",
    { usage: "server", ipAddresses: ["192.0.2.300"] },
    'ipAddresses[0] = "192.0.2.300": is not a valid IP address. Give an address such as 192.0.2.10.',
  ],
  [
    "a key that is not a string, which is not shown",
    { ca: { ...ca, privateKey: 12345 } },
    'ca.privateKey = "[secret]": must be a string. Give a string.',
  ],
  [
    "a label of the operator's",
    { labels: { "cnpg.io/reload": "true", "cnpg.io/cluster": "orders" } },
    'labels["cnpg.io/cluster"] = "orders": labels of this domain are set by this component, by the operator or by ' +
      "Kubernetes. Use a label of your own domain, such as example.com/team.",
  ],
];

describe("LeafCertificate refuses", () => {
  const least = { namespace: "shop", ca, usage: "client", commonName: "reporting" } as const;
  test.each(leafMistakes)(
    "%s",
    refusedAs<LeafCertificateArgs>(least, (args) => new LeafCertificate("reporting", args)),
  );
});

const hostSays = (path: string, value: string) =>
  `${path} = "${value}": must be a bare host: clients compare nothing else with the certificate. ` +
  "Give the host alone, without scheme, port or path, such as db.example.com.";

const clusterMistakes: Mistake<IssuedCertificatesArgs>[] = [
  [
    "an external name with a scheme, and one with a port",
    { externalNames: ["https://orders.example.com", "orders.example.com:5432"] },
    hostSays("externalNames[0]", "https://orders.example.com"),
    hostSays("externalNames[1]", "orders.example.com:5432"),
  ],
  [
    "certificates that outlive their authority",
    { validityDays: 400 },
    "validityDays = 400: the authority may have only 365 days left when it issues, and a certificate becomes invalid with " +
      "its authority. Use 365 or less, or an authority with more renewBeforeDays.",
  ],
  [
    "the replicas' role among the users",
    { users: ["streaming_replica"] },
    'users[0] = "streaming_replica": is the replicas\' role, whose certificate allows copying the whole cluster. ' +
      "Remove it; the replicas' certificate is issued anyway.",
  ],
  [
    "the poolers' role among the users",
    { users: ["cnpg_pooler_pgbouncer"] },
    'users[0] = "cnpg_pooler_pgbouncer": is the poolers\' role, whose certificate allows reading password hashes. ' +
      "Add the pooler to `poolers`.",
  ],
  [
    "the superuser among the users",
    { users: ["postgres"] },
    'users[0] = "postgres": is the superuser, and a certificate cannot be revoked before it expires. ' +
      "Use another role with only the rights that are needed.",
  ],
  [
    "two users whose Secrets would have one name",
    { users: ["etl_job", "etl-job"] },
    'users[1] = "etl-job": is already listed, or differs from another only in - and _. Remove one of them.',
  ],
  [
    "a Service of the cluster as a pooler",
    { poolers: ["orders-rw"] },
    'poolers[0] = "orders-rw": is the name of the cluster or of one of its Services, and not of a pooler. ' +
      "Use the name of the PostgresPooler.",
  ],
  [
    "a Service with its namespace",
    { additionalServices: ["orders-public.shop"] },
    'additionalServices[0] = "orders-public.shop": is not a valid name of a Service. Use the name alone, ' +
      "lower-case letters, digits and dashes; add other names to externalNames.",
  ],
  [
    "cert-manager without an issuer",
    { issuer: "cert-manager" },
    'issuer = "cert-manager": the authority is not an issuer of cert-manager, so nothing would be issued. ' +
      "Set certManager of the CertificateAuthority, or ca.issuerName.",
  ],
];

describe("ClusterCertificates refuses", () => {
  const least = { namespace: "shop", clusterName: "orders", ca };
  test.each(clusterMistakes)(
    "%s",
    refusedAs<IssuedCertificatesArgs>(least, (args) => new ClusterCertificates("orders", args)),
  );
});

const role = {
  oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/issuer.example",
  namespace: "shop",
  serviceAccounts: ["orders"],
};

const bucketMistakes: Mistake<BackupBucketArgs>[] = [
  [
    "no retention",
    { retentionDays: undefined },
    "retentionDays = (not set): must be a number. Give a number.",
  ],
  [
    "a name that S3 rejects",
    { bucketName: "Orders_Backups" },
    'bucketName = "Orders_Backups": is not a valid name of an S3 bucket. Use 3 to 63 lower-case letters, digits ' +
      "and dashes, a letter or digit first and last.",
  ],
  [
    "a name with dots",
    { bucketName: "backups.example.com" },
    'bucketName = "backups.example.com": must not have dots: the name is part of AWS\'s host name, whose ' +
      "certificate covers none with dots. Use dashes instead of dots.",
  ],
  [
    "Glacier within the retention",
    { glacier: { afterDays: 30, storageClass: "DEEP_ARCHIVE" } },
    "glacier.afterDays = 30: a recovery within the 30 days of retention would find backups that it cannot read at once. " +
      'Use more than 30 plus the days between two base backups, or storageClass "GLACIER_IR".',
  ],
  [
    "deleted versions that expire before the retention",
    { noncurrentDays: 7 },
    "noncurrentDays = 7: a backup deleted by mistake would be permanently lost before its 30 days are over. " +
      "Use 30 or more, or leave it out.",
  ],
  [
    "both a role and a user",
    { role, user: { namespace: "shop" } },
    'user = "[not shown]": must not be set together with role: an access key would only be one more secret to lose. ' +
      "Remove user, or role for a cluster that does not run on EKS.",
  ],
  [
    "a lock without days",
    { objectLock: {} },
    "objectLock.days = (not set): must be a number. Give a number.",
  ],
  [
    "a lock that does not exist",
    { objectLock: { days: 30, mode: "strict" } },
    'objectLock.mode = "strict": is not a valid value. Use one of "GOVERNANCE", "COMPLIANCE".',
  ],
  [
    "an alias of a key",
    { kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:alias/backups" },
    'kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:alias/backups": is not a key that a permission can name. ' +
      "Use the ARN of the key itself, with `:key/` in it, and not of an alias.",
  ],
  [
    "a wildcard in the path, which permissions would follow",
    { path: "orders*" },
    'path = "orders*": must be a path that permissions can be limited to. Use letters, digits, dashes, dots and ' +
      "underscores, with single slashes between and none first or last.",
  ],
  [
    "a wildcard for service accounts",
    { role: { ...role, serviceAccounts: ["*"] } },
    'role.serviceAccounts[0] = "*": is not a valid service account, and with a wildcard others could assume the role. ' +
      "Use the names of the PostgreSQL clusters.",
  ],
  [
    "the issuer's address instead of the provider",
    { role: { ...role, oidcProviderArn: "https://issuer.example" } },
    'role.oidcProviderArn = "https://issuer.example": is not the ARN of an OpenID Connect provider in IAM. Use one such as ' +
      '"arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF".',
  ],
];

describe("BackupBucket refuses", () => {
  test.each(bucketMistakes)(
    "%s",
    refusedAs<BackupBucketArgs>({ retentionDays: 30 }, (args) => new BackupBucket("orders", args)),
  );

  test("a component's name that no bucket can have", async () => {
    expect(await refusalOf(() => new BackupBucket("Orders", { retentionDays: 30 }))).toEqual([
      "bucketName = (not set): S3 would reject a name generated from the component's, such as " +
        "Orders-bucket-0123456. Set bucketName to 3 to 63 lower-case letters, digits and dashes.",
    ]);
  });
});

const storeMistakes: Mistake<S3CompatibleStoreArgs>[] = [
  [
    "an address without TLS",
    { endpointUrl: "http://minio.storage.svc:9000" },
    'endpointUrl = "http://minio.storage.svc:9000": the data of the database would cross the network unencrypted. ' +
      "Use https://, with caCertificate or caSecret for an authority that the image does not trust.",
  ],
  [
    "an address with a password, which is not shown",
    { endpointUrl: "https://user:hunter2@s3.example.com" },
    'endpointUrl = "https://[secret]@s3.example.com": is not the address of a service. ' +
      'Use "https://host", "https://host:port" or "https://host/path"; bucket and credentials are separate arguments.',
  ],
  [
    "the address of the bucket (virtual-host style)",
    { endpointUrl: "https://orders-backups.fra1.digitaloceanspaces.com" },
    'endpointUrl = "https://orders-backups.fra1.digitaloceanspaces.com": must be the address of the service: clients ' +
      "add the bucket to the path themselves. Use that of the service, " +
      '"https://fra1.digitaloceanspaces.com".',
  ],
  [
    "the bucket as a URL",
    { bucketName: "s3://orders-backups" },
    'bucketName = "s3://orders-backups": is not a valid name of an S3 bucket. Use 3 to 63 lower-case letters, ' +
      "digits and dashes, a letter or digit first and last.",
  ],
  [
    "no access key",
    { credentialsSecret: undefined },
    "credentialsSecret = (not set): must be set: only AWS has other ways to log in. " +
      "Name a Secret with an access key, or set `credentials`.",
  ],
  [
    "two access keys, neither of which is shown",
    { credentials: { accessKeyId: "AKIA", secretAccessKey: "hunter2" }, namespace: "shop" },
    'credentials = "[secret]": must not be set together with `credentialsSecret`. ' +
      "Remove one of them.",
  ],
  [
    "an access key without a namespace",
    {
      credentialsSecret: undefined,
      credentials: { accessKeyId: "AKIA", secretAccessKey: "hunter2" },
    },
    "namespace = (not set): must be set: the Secret with `credentials` must be in the cluster's namespace. " +
      "Set it to the namespace of the cluster.",
  ],
  [
    "an authority that is not a certificate",
    { caCertificate: "/etc/ssl/ca.pem", namespace: "shop" },
    'caCertificate = "/etc/ssl/ca.pem": is not a valid certificate, so no connection could be verified. ' +
      "Use PEM that begins with -----BEGIN CERTIFICATE-----.",
  ],
  [
    "checksums that do not exist",
    { checksums: "never" },
    'checksums = "never": is not a valid value. Use one of "when_required", "when_supported".',
  ],
];

describe("S3CompatibleStore refuses", () => {
  const least = {
    endpointUrl: "https://s3.example.com",
    bucketName: "orders-backups",
    credentialsSecret: { name: "s3" },
  };
  test.each(storeMistakes)(
    "%s",
    refusedAs<S3CompatibleStoreArgs>(least, (args) => new S3CompatibleStore("store", args)),
  );
});
