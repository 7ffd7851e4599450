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

/** A mistake: what somebody wrote, and what the error says of it. */
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
    "intermediate.validityDays = 1825: the root is valid for 1825 days, and an intermediate has to end before it. " +
      "Use less than 1825, half of it for example.",
  ],
  [
    "a root that is renewed too late for its intermediate",
    { renewBeforeDays: 365, intermediate: {} },
    "intermediate.validityDays = 1825: the root is renewed 365 days before its end, and an intermediate from just " +
      "before that would outlive it. Use 365 or less, or leave out renewBeforeDays of the root.",
  ],
  [
    "a root that is renewed from its first day",
    { validityDays: 30, renewBeforeDays: 30 },
    "renewBeforeDays = 30: a certificate of 30 days would be renewed by every deployment. " +
      "Use less than 30, the days that it is valid.",
  ],
  [
    "years in the place of days",
    { validityDays: 0.5 },
    "validityDays = 0.5: it has to be of type whole number. Give a whole number.",
  ],
  [
    "a name that no certificate has room for",
    { commonName: "x".repeat(65) },
    `commonName = "${"x".repeat(65)}": a certificate has 64 printable characters for its common name, and no more. ` +
      "Use 1 to 64 letters, digits and punctuation.",
  ],
  [
    "an existing authority that is none, and a key that is none",
    { existing: { certificate: "no PEM", privateKey: "hunter2" } },
    'existing.certificate = "no PEM": it is not one certificate. Give that of the authority as PEM, beginning with ' +
      "-----BEGIN CERTIFICATE-----, and others in `parents`.",
    'existing.privateKey = "[secret]": it is no private key that can be read without a passphrase. Give the key as PEM, ' +
      "beginning with -----BEGIN PRIVATE KEY-----.",
  ],
  [
    "a namespace that Kubernetes does not take",
    { namespaces: ["Shop"] },
    'namespaces[0] = "Shop": Kubernetes takes no namespace of that name. ' +
      "Use at most 63 lower-case letters, digits and dashes.",
  ],
  [
    "a misspelt argument",
    { intermediates: {} },
    'intermediates = "[not shown]": there is no such argument, and it would do nothing. ' +
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
        'existing.privateKey = "[secret]": it is not the key of the certificate, so nobody would trust what it signs. ' +
          "Take certificate and key from the same place.",
      ]);
    });

    test("that is a leaf", async () => {
      const leaf = await certificateFixture({ commonName: "leaf", days: 100, ca: false });
      expect(await refusalOf(() => make({ existing: existing(leaf) }))).toEqual([
        'existing.certificate = "CN=leaf": it is no authority\'s: nobody would trust what it signs. ' +
          "Give a certificate with the basic constraint CA:TRUE.",
      ]);
    });

    test("that has ended", async () => {
      const ended = await certificateFixture({ commonName: "old", days: -1, since: 10 });
      const [says, ...more] = await refusalOf(() => make({ existing: existing(ended) }));
      expect(says).toMatch(
        /^existing\.certificate = ".+ GMT": it has ended or ends within a day, so there is nothing left to issue\. Give an authority that is valid\.$/,
      );
      expect(more).toEqual([]);
    });

    test("that ends before the intermediate would", async () => {
      expect(
        await refusalOf(() =>
          make({ existing: existing(root), intermediate: { validityDays: 365 } }),
        ),
      ).toEqual([
        "intermediate.validityDays = 365: the existing authority ends in 100 days, and an intermediate has to end before " +
          "it. Use 100 or less, or an authority that lives longer.",
      ]);
    });

    test("with a lifetime for a root that is not made", async () => {
      expect(await refusalOf(() => make({ existing: existing(root), validityDays: 3650 }))).toEqual(
        [
          "validityDays = 3650: no root is made here, and the one that exists has this already. " +
            "Remove it, or put it under `intermediate`.",
        ],
      );
    });
  });
});

const leafMistakes: Mistake<LeafCertificateArgs>[] = [
  [
    "a leaf that outlives its authority",
    { validityDays: 366 },
    "validityDays = 366: the authority may have only 365 days left when it issues, and a certificate that outlives it is " +
      "worth nothing. Use 365 or less, or an authority with more renewBeforeDays.",
  ],
  [
    "a leaf that is always due",
    { validityDays: 30, renewBeforeDays: 30 },
    "renewBeforeDays = 30: a certificate of 30 days would be renewed all the time. " +
      "Use less than 30, the days that it is valid.",
  ],
  [
    "a server without a name",
    { usage: "server" },
    "dnsNames = (not set): clients that verify the host compare it with these names, and not with the common name. " +
      "Give every name by which clients call the server.",
  ],
  [
    "a client without a name",
    { commonName: undefined },
    "commonName = (not set): a server knows a client by it, and PostgreSQL takes it for the role. " +
      "Give the role that logs in with the certificate.",
  ],
  [
    "cert-manager without an issuer",
    { issuer: "cert-manager" },
    'issuer = "cert-manager": the authority is no issuer of cert-manager, so nobody would issue. ' +
      "Set certManager of the CertificateAuthority, or ca.issuerName.",
  ],
  [
    "an address that is none",
    { usage: "server", ipAddresses: ["192.0.2.300"] },
    'ipAddresses[0] = "192.0.2.300": it is no IP address. Give an address such as 192.0.2.10.',
  ],
  [
    "a key that is no text, which is not shown",
    { ca: { ...ca, privateKey: 12345 } },
    'ca.privateKey = "[secret]": it has to be of type string. Give a string.',
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
  `${path} = "${value}": clients compare the bare host with the certificate, and would never find one that is written so. ` +
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
    "validityDays = 400: the authority may have only 365 days left when it issues, and a certificate that outlives it is " +
      "worth nothing. Use 365 or less, or an authority with more renewBeforeDays.",
  ],
  [
    "the replicas' role among the users",
    { users: ["streaming_replica"] },
    'users[0] = "streaming_replica": replicas log in as it, and whoever holds its certificate can copy the whole cluster. ' +
      "Remove it; the replicas' certificate is issued anyway.",
  ],
  [
    "the poolers' role among the users",
    { users: ["cnpg_pooler_pgbouncer"] },
    'users[0] = "cnpg_pooler_pgbouncer": poolers log in as it, and whoever holds its certificate can read password hashes. ' +
      "Name the pooler in `poolers`.",
  ],
  [
    "the superuser among the users",
    { users: ["postgres"] },
    'users[0] = "postgres": it is the superuser, and a certificate cannot be taken back before its end. ' +
      "Use a role of your own with the rights that are needed.",
  ],
  [
    "two users whose Secrets would bear one name",
    { users: ["etl_job", "etl-job"] },
    'users[1] = "etl-job": it is listed already, or one that differs only in - and _. Remove one of them.',
  ],
  [
    "a Service of the cluster as a pooler",
    { poolers: ["orders-rw"] },
    'poolers[0] = "orders-rw": it is the name of the cluster or of one of its Services, and so of no pooler. ' +
      "Give the name of the PostgresPooler.",
  ],
  [
    "a Service with its namespace",
    { additionalServices: ["orders-public.shop"] },
    'additionalServices[0] = "orders-public.shop": Kubernetes takes no Service of that name. Give its name alone, ' +
      "lower-case letters, digits and dashes; other names go into externalNames.",
  ],
  [
    "cert-manager without an issuer",
    { issuer: "cert-manager" },
    'issuer = "cert-manager": the authority is no issuer of cert-manager, so nobody would issue. ' +
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
    "retentionDays = (not set): it has to be of type number. Give a number.",
  ],
  [
    "a name that S3 does not take",
    { bucketName: "Orders_Backups" },
    'bucketName = "Orders_Backups": S3 takes no bucket of that name. ' +
      "Use 3 to 63 lower-case letters, digits and dashes, a letter or digit first and last.",
  ],
  [
    "a name with dots",
    { bucketName: "backups.example.com" },
    'bucketName = "backups.example.com": AWS is called by the bucket\'s name as a host, and its certificate is of one ' +
      "without dots. Use dashes in the place of dots.",
  ],
  [
    "Glacier within the retention",
    { glacier: { afterDays: 30, storageClass: "DEEP_ARCHIVE" } },
    "glacier.afterDays = 30: a recovery within the 30 days of retention would find backups that it cannot read at once. " +
      'Use more than 30 and the days between two base backups, or storageClass "GLACIER_IR".',
  ],
  [
    "deleted versions that go before the retention",
    { noncurrentDays: 7 },
    "noncurrentDays = 7: a backup that is deleted by mistake would be gone for good before its 30 days are over. " +
      "Use 30 or more, or leave it out.",
  ],
  [
    "both a role and a user",
    { role, user: { namespace: "shop" } },
    'user = "[not shown]": there is a role already, and an access key beside it would only be one more thing to lose. ' +
      "Remove user, or role for a cluster that does not run on EKS.",
  ],
  [
    "a lock without days",
    { objectLock: {} },
    "objectLock.days = (not set): it has to be of type number. Give a number.",
  ],
  [
    "a lock that does not exist",
    { objectLock: { days: 30, mode: "strict" } },
    'objectLock.mode = "strict": it is none of the values this can have. Use one of "GOVERNANCE", "COMPLIANCE".',
  ],
  [
    "an alias of a key",
    { kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:alias/backups" },
    'kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:alias/backups": it is no key that a permission could name. ' +
      "Give the ARN of the key itself, with `:key/` in it, and not an alias.",
  ],
  [
    "a wildcard in the path, which permissions would follow",
    { path: "orders*" },
    'path = "orders*": it is no path that permissions can be limited to. Use letters, digits, dashes, dots and ' +
      "underscores, with single slashes between and none first or last.",
  ],
  [
    "a wildcard for service accounts",
    { role: { ...role, serviceAccounts: ["*"] } },
    'role.serviceAccounts[0] = "*": it is no service account, and with a wildcard others could assume the role. ' +
      "Give the names of the PostgreSQL clusters.",
  ],
  [
    "the issuer's address in the place of the provider",
    { role: { ...role, oidcProviderArn: "https://issuer.example" } },
    'role.oidcProviderArn = "https://issuer.example": it is no OpenID Connect provider in IAM. Give the ARN, such as ' +
      '"arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF".',
  ],
];

describe("BackupBucket refuses", () => {
  test.each(bucketMistakes)(
    "%s",
    refusedAs<BackupBucketArgs>({ retentionDays: 30 }, (args) => new BackupBucket("orders", args)),
  );

  test("a component's name that no bucket can be called after", async () => {
    expect(await refusalOf(() => new BackupBucket("Orders", { retentionDays: 30 }))).toEqual([
      "bucketName = (not set): S3 takes no bucket that is called after this component, such as " +
        "Orders-bucket-0123456. Set bucketName to 3 to 63 lower-case letters, digits and dashes.",
    ]);
  });
});

const storeMistakes: Mistake<S3CompatibleStoreArgs>[] = [
  [
    "an address without TLS",
    { endpointUrl: "http://minio.storage.svc:9000" },
    'endpointUrl = "http://minio.storage.svc:9000": the data of the database would cross the network in the clear. ' +
      "Use https://, with caCertificate or caSecret for an authority that the image does not trust.",
  ],
  [
    "an address with a password, which is not shown",
    { endpointUrl: "https://user:hunter2@s3.example.com" },
    'endpointUrl = "https://[secret]@s3.example.com": it is no address of a service. ' +
      'Give "https://host" or "https://host:port"; bucket, path and credentials are arguments of their own.',
  ],
  [
    "the address of the bucket (virtual-host style)",
    { endpointUrl: "https://orders-backups.fra1.digitaloceanspaces.com" },
    'endpointUrl = "https://orders-backups.fra1.digitaloceanspaces.com": it is the address of the bucket, and clients ' +
      "would ask for the bucket once more in the path. Give that of the service, " +
      '"https://fra1.digitaloceanspaces.com".',
  ],
  [
    "the bucket as a URL",
    { bucketName: "s3://orders-backups" },
    'bucketName = "s3://orders-backups": S3 takes no bucket of that name. ' +
      "Use 3 to 63 lower-case letters, digits and dashes, a letter or digit first and last.",
  ],
  [
    "no access key",
    { credentialsSecret: undefined },
    "credentialsSecret = (not set): nothing says how to log in, and only AWS has other ways. " +
      "Name a Secret with an access key, or give `credentials`.",
  ],
  [
    "two access keys, neither of which is shown",
    { credentials: { accessKeyId: "AKIA", secretAccessKey: "hunter2" }, namespace: "shop" },
    'credentials = "[secret]": `credentialsSecret` holds an access key, and which of the two is meant cannot be told. ' +
      "Remove one of them.",
  ],
  [
    "an access key and nowhere to write it",
    {
      credentialsSecret: undefined,
      credentials: { accessKeyId: "AKIA", secretAccessKey: "hunter2" },
    },
    "namespace = (not set): `credentials` go into a Secret, which has to be where the cluster is. " +
      "Give the namespace of the cluster.",
  ],
  [
    "an authority that is no certificate",
    { caCertificate: "/etc/ssl/ca.pem", namespace: "shop" },
    'caCertificate = "/etc/ssl/ca.pem": it is no certificate, and no connection could be verified by it. ' +
      "Give PEM that begins with -----BEGIN CERTIFICATE-----.",
  ],
  [
    "checksums that do not exist",
    { checksums: "never" },
    'checksums = "never": it is none of the values this can have. Use one of "when_required", "when_supported".',
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
