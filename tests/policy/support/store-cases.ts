import type { Case } from "./rules";

const key = (name: string) => ({ name: "store", key: name });

/** Incomplete credentials, by their field. */
const unusable: [string, unknown][] = [
  ["s3Credentials", { inheritFromIAMRole: false }],
  ["s3Credentials", { accessKeyId: key("id") }],
  ["s3Credentials", { accessKeyId: key("id"), secretAccessKey: { name: "store", key: "" } }],
  ["s3Credentials", { region: key("region") }],
  ["azureCredentials", { inheritFromAzureAD: false }],
  ["azureCredentials", { storageAccount: key("account") }],
  ["googleCredentials", { gkeEnvironment: false }],
];

const usable: [string, unknown][] = [
  ["s3Credentials", { accessKeyId: key("id"), secretAccessKey: key("secret") }],
  ["azureCredentials", { inheritFromAzureAD: true }],
  ["azureCredentials", { useDefaultAzureCredentials: true }],
  ["azureCredentials", { storageAccount: key("account"), storageSasToken: key("token") }],
  ["azureCredentials", { connectionString: key("connection") }],
  ["googleCredentials", { gkeEnvironment: true }],
  ["googleCredentials", { applicationCredentials: key("json") }],
];

const PLACES: Readonly<Record<string, string>> = {
  s3Credentials: "s3://backups",
  azureCredentials: "https://backups.blob.core.windows.net/databases",
  googleCredentials: "gs://backups",
};

const COMPLETE: Readonly<Record<string, string>> = {
  s3Credentials:
    "Set inheritFromIAMRole: true, or name a Secret and its key in accessKeyId and secretAccessKey.",
  azureCredentials:
    "Set useDefaultAzureCredentials: true, or name a Secret and its key in connectionString, or in storageAccount and storageKey.",
  googleCredentials:
    "Set gkeEnvironment: true, or name a Secret and its key in applicationCredentials.",
};

const store = (kind: string, value: unknown, destinationPath = PLACES[kind]) => ({
  rule: "object-store-credentials",
  of: "store",
  path: "spec.configuration",
  value: { destinationPath, [kind]: value },
});

const SIDECAR = "spec.instanceSidecarConfiguration.resources.limits.memory";

export const storeCases: readonly Case[] = [
  ...["536870912", "512e6", "0.5Gi", 536870912].map((value) => ({
    rule: "object-store-sidecar",
    of: "store",
    path: SIDECAR,
    value,
    says: [],
  })),
  // A bucket that receives no backups is not checked.
  ...["bucket-kept", "bucket-private", "bucket-versioned", "bucket-encrypted"].map((rule) => ({
    rule,
    of: "store",
    path: "spec.configuration.destinationPath",
    value: "s3://other",
    beside: {
      type: "aws:s3/bucket:Bucket",
      name: "logs",
      object: { bucket: "logs", forceDestroy: true },
    },
    says: [],
  })),
  {
    rule: "bucket-kept",
    of: "store",
    path: "spec.configuration.destinationPath",
    value: "s3://logs/databases",
    beside: {
      type: "aws:s3/bucket:Bucket",
      name: "logs",
      object: { bucket: "logs", forceDestroy: true },
    },
    says: [
      "forceDestroy = true: a destroy would delete every backup in it. Remove it, or set it to false.",
    ],
  },
  ...unusable.map(([kind, value]) => ({
    ...store(kind, value),
    says: [
      `spec.configuration.${kind} = "[not shown]": is not a complete login: no role is inherited, and no Secret is named in full. ${COMPLETE[kind] ?? ""}`,
    ],
  })),
  ...usable.map(([kind, value]) => ({ ...store(kind, value), says: [] })),
  {
    ...store("googleCredentials", { gkeEnvironment: true }, "s3://backups"),
    says: [
      'spec.configuration.googleCredentials = "[not shown]": does not belong to destinationPath, which needs s3Credentials: the plugin chooses its client by the login. Replace it by s3Credentials.',
    ],
  },
  {
    ...store("tags", {}, "gs://backups"),
    says: [
      `spec.configuration.googleCredentials = (not set): the ObjectStore has no credentials. ${COMPLETE["googleCredentials"] ?? ""}`,
    ],
  },
  {
    rule: "object-store-https",
    of: "store",
    path: "spec.configuration.destinationPath",
    value: "http://azurite:10000/account/databases",
    says: [
      'spec.configuration.destinationPath = "http://azurite:10000/account/databases": must begin with https://, or the whole database is sent unencrypted. Use https://, with endpointCA for your own certificate.',
    ],
  },
  // The retention of a store that a Cluster only reads is not checked.
  {
    rule: "object-store-retention",
    of: "mirror",
    path: "spec.retentionPolicy",
    says: [],
  },
  {
    rule: "object-store-retention",
    of: "main",
    path: "spec.plugins.0.parameters.barmanObjectName",
    value: "mirror",
    says: [],
  },
  {
    rule: "object-store-retention",
    of: "store",
    path: "spec.retentionPolicy",
    says: [
      'spec.retentionPolicy = (not set): must set how long backups are kept. Set it to a number of days, weeks or months, such as "30d".',
    ],
  },
  {
    rule: "object-store-retention",
    of: "store",
    path: "spec.retentionPolicy",
    value: "3d",
    says: [
      'spec.retentionPolicy = "3d": must be 7 days or more: a mistake that is found later cannot be undone. Set it to "7d" or more.',
    ],
  },
  {
    rule: "object-store-https",
    of: "store",
    path: "spec.configuration.endpointURL",
    value: "http://minio:9000",
    says: [
      'spec.configuration.endpointURL = "http://minio:9000": must begin with https://, or the whole database is sent unencrypted. Use https://, with endpointCA for your own certificate.',
    ],
  },
  {
    rule: "object-store-sidecar",
    of: "store",
    path: "spec.instanceSidecarConfiguration.resources.limits.memory",
    value: "128Mi",
    says: [
      'spec.instanceSidecarConfiguration.resources.limits.memory = "128Mi": is too little: the sidecar would be killed during a backup. Set it to 256Mi or more.',
    ],
  },
  {
    rule: "object-store-sidecar",
    of: "store",
    path: "spec.instanceSidecarConfiguration.resources.requests.cpu",
    says: [
      "spec.instanceSidecarConfiguration.resources.requests.cpu = (not set): must be set, or the sidecar may not get enough to archive. Set it.",
    ],
  },
  {
    rule: "object-store-credentials",
    of: "store",
    path: "spec.configuration.s3Credentials",
    says: [
      "spec.configuration.s3Credentials = (not set): the ObjectStore has no credentials. Set inheritFromIAMRole: true, or name a Secret and its key in accessKeyId and secretAccessKey.",
    ],
  },
  {
    rule: "object-store-credentials",
    of: "store",
    path: "spec.instanceSidecarConfiguration.env",
    value: [
      {
        name: "AWS_SECRET_ACCESS_KEY",
        value: "x",
      },
      { name: "AZURE_FEDERATED_TOKEN_FILE", value: "/var/run/token" },
      { name: "AZURE_STORAGE_CONNECTION_STRING", value: "AccountKey=x" },
    ],
    says: [
      'spec.instanceSidecarConfiguration.env[0].value = "[not shown]": can be read by anyone who may read the object. Name the key of a Secret in configuration, or in valueFrom.secretKeyRef.',
      'spec.instanceSidecarConfiguration.env[2].value = "[not shown]": can be read by anyone who may read the object. Name the key of a Secret in configuration, or in valueFrom.secretKeyRef.',
    ],
  },
  {
    rule: "bucket-kept",
    of: "bucket",
    path: "forceDestroy",
    value: true,
    says: [
      "forceDestroy = true: a destroy would delete every backup in it. Remove it, or set it to false.",
    ],
  },
  {
    rule: "bucket-private",
    of: "bucketBlock",
    path: "restrictPublicBuckets",
    value: false,
    says: [
      "restrictPublicBuckets = false: a mistake in an ACL or a policy could publish the backups. Set it to true.",
    ],
  },
  {
    rule: "bucket-private",
    of: "bucketBlock",
    says: [
      'bucket = "backups": has no BucketPublicAccessBlock in the stack. Add one with all four settings true.',
    ],
  },
  {
    rule: "bucket-versioned",
    of: "bucketVersions",
    path: "versioningConfiguration.status",
    value: "Suspended",
    says: [
      'versioningConfiguration.status = "Suspended": a backup that is deleted by mistake is lost. Set the status to Enabled.',
    ],
  },
  {
    rule: "bucket-versioned",
    of: "bucketVersions",
    says: [
      'bucket = "backups": has no BucketVersioning in the stack, and a backup that is deleted is lost. Set the status to Enabled.',
    ],
  },
  {
    rule: "bucket-encrypted",
    of: "bucketKey",
    says: [
      'bucket = "backups": is encrypted only with Amazon\'s key. Add a BucketServerSideEncryptionConfiguration.',
    ],
  },
  {
    rule: "archives-apart",
    of: "mirror",
    path: "spec.configuration.destinationPath",
    value: "s3://backups",
    says: [
      'spec.plugins[0].parameters.serverName = "main-1": the Cluster is recovered from the same folder, s3://backups/main-1. Use a name that is new in this bucket.',
    ],
  },
];
