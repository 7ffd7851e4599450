import { PostgresCluster, RecoveryCluster, S3CompatibleStore } from "../../../../components";
import { AWS, ELSEWHERE } from "../../support/backup-fixtures";
import { refused } from "../../support/refusal";

type Anything = Record<string, unknown>;

const CLUSTER = { namespace: "shop", storage: { size: "100Gi" } };
const GOOGLE = { destinationPath: "gs://backups/shop", google: {} };
const AZURE = {
  destinationPath: "https://backups.blob.core.windows.net/shop",
  azure: {},
};
const key = { name: "cloud", key: "key" };

const cluster = (store: Anything, backup: Anything = {}) =>
  refused(
    () => new PostgresCluster("orders", { ...CLUSTER, backup: { store, ...backup } } as never),
  );
const recovery = (own: Anything, source: Anything) =>
  refused(
    () =>
      new RecoveryCluster("orders", {
        ...CLUSTER,
        source: { store: source, serverName: "orders-00c0ffee" },
        database: { name: "orders", owner: "sales" },
        backup: { store: own },
      } as never),
  );
const compatible = (endpointUrl: string) =>
  refused(
    () =>
      new S3CompatibleStore("backups", {
        endpointUrl,
        bucketName: "orders",
        credentialsSecret: { name: "s3" },
      }),
  );

const mistakes: [what: string, () => ReturnType<typeof refused>, ...says: string[]][] = [
  [
    "a bucket of Google without a login there",
    () => cluster({ destinationPath: "gs://backups" }),
    "backup.store.google: (not set): must be set: the store is at Google Cloud Storage, and without it the client is that of S3. Set google: {} for the identity of the pods, or name a Secret in it.",
  ],
  [
    "a container of Azure without a login there",
    () => cluster({ destinationPath: AZURE.destinationPath }),
    "backup.store.azure: (not set): must be set: the store is at Azure Blob Storage, and without it the client is that of S3. Set azure: {} for the identity of the pods, or name a Secret in it.",
  ],
  [
    "a bucket of S3 with a login to Google",
    () => cluster({ destinationPath: "s3://backups", google: {} }),
    'backup.store.destinationPath: "s3://backups": must be at Google Cloud Storage, since google is set. Write "gs://bucket/path", or remove google.',
  ],
  [
    "a bucket of Google with a login to Azure",
    () => cluster({ destinationPath: "gs://backups", azure: {} }),
    'backup.store.destinationPath: "gs://backups": must be at Azure Blob Storage, since azure is set. Write "https://account.blob.core.windows.net/container/path", or remove azure.',
  ],
  [
    "two providers",
    () => cluster({ ...GOOGLE, azure: {} }),
    'backup.store.azure: "[not shown]": must not be set together with google: a store is at one provider. Remove one of them.',
  ],
  [
    "a cloud of Azure that Barman does not know",
    () => cluster({ destinationPath: "https://backups.blob.core.usgovcloudapi.net/a", azure: {} }),
    'backup.store.destinationPath: "https://backups.blob.core.usgovcloudapi.net/a": must be a bucket, with or without a path in it. Write "s3://bucket/path", "gs://bucket/path" or "https://account.blob.core.windows.net/container/path".',
  ],
  [
    "arguments of S3 for Google",
    () => cluster({ ...GOOGLE, region: "europe-west6", roleArn: AWS.roleArn }),
    'backup.store.region: "[not shown]": has no effect: the store is at Google Cloud Storage, and this is for S3 services. Remove it, or google.',
    'backup.store.roleArn: "[not shown]": has no effect: the store is at Google Cloud Storage, and this is for S3 services. Remove it, or google.',
  ],
  [
    "an address of a service for Azure",
    () => cluster({ ...AZURE, endpointUrl: "https://azurite:10000" }),
    'backup.store.endpointUrl: "[not shown]": has no effect: the store is at Azure Blob Storage, and this is for S3 services. Remove it, or azure.',
  ],
  [
    "a key and a service account of Google",
    () =>
      cluster({
        ...GOOGLE,
        google: {
          applicationCredentials: key,
          serviceAccount: "backup@shop.iam.gserviceaccount.com",
        },
      }),
    'backup.store.google.serviceAccount: "[not shown]": has no effect with applicationCredentials. Remove the key, which the service account replaces, or the service account.',
  ],
  [
    "a service account of Google by its name alone",
    () => cluster({ ...GOOGLE, google: { serviceAccount: "backup" } }),
    'backup.store.google.serviceAccount: "backup": is not the address of a service account of Google. Use one such as "orders-backup@my-project.iam.gserviceaccount.com".',
  ],
  [
    "a key of Google instead of a reference",
    () => cluster({ ...GOOGLE, google: { applicationCredentials: "{}" } }),
    'backup.store.google.applicationCredentials: "[not shown]": must be an object. Give an object.',
  ],
  [
    "two keys of Azure",
    () =>
      cluster({
        ...AZURE,
        azure: { storageAccount: key, storageKey: key, storageSasToken: key },
      }),
    'backup.store.azure.storageSasToken: "[not shown]": must not be set together with storageKey: there is one login. Remove one of them.',
  ],
  [
    "a key of Azure without its account",
    () => cluster({ ...AZURE, azure: { storageKey: key } }),
    "backup.store.azure.storageAccount: (not set): must be set: storageKey is that of an account. Refer to the key of the Secret that contains its name.",
  ],
  [
    "an account of Azure without a key",
    () => cluster({ ...AZURE, azure: { storageAccount: key } }),
    'backup.store.azure.storageAccount: "[not shown]": has no effect without storageKey or storageSasToken. Remove it, or refer to one of them.',
  ],
  [
    "an identity of Azure with a key",
    () =>
      cluster({
        ...AZURE,
        azure: { connectionString: key, clientId: "00000000-0000-0000-0000-000000000000" },
      }),
    'backup.store.azure.clientId: "[not shown]": has no effect with connectionString. Remove the key, which the identity replaces, or clientId.',
  ],
  [
    "an identity of Azure by its name",
    () => cluster({ ...AZURE, azure: { clientId: "orders-backup" } }),
    'backup.store.azure.clientId: "orders-backup": is not the client id of an identity of Azure. Use one such as "00000000-0000-0000-0000-000000000000".',
  ],
  [
    "a secret of Azure in the environment",
    () => cluster({ ...AZURE, environment: { AZURE_STORAGE_KEY: "hunter2" } }),
    'backup.store.environment.AZURE_STORAGE_KEY: "[not shown]": is set by another argument, and here anyone who may read the ObjectStore could see it. Refer to a Secret with azure.storageKey.',
  ],
  [
    "an encryption of S3 for Google",
    () => cluster(GOOGLE, { encryption: "AES256" }),
    'backup.encryption: "AES256": has no effect: it is a header of S3, and the store is not at an S3 service. Remove it: Google and Azure encrypt everything, with your own key if the bucket has one.',
  ],
  [
    "two keys of Google in one container",
    () => recovery(GOOGLE, { ...GOOGLE, google: { applicationCredentials: key } }),
    'source.store.google.applicationCredentials: "[not shown]": must be that of backup.store: one container connects to both stores, and has one file for the key. Use one key, or none, that reads this store and writes the other, or recover without backup and add it afterwards.',
  ],
  [
    "two service accounts of Google for one of Kubernetes",
    () =>
      recovery(
        { ...GOOGLE, google: { serviceAccount: "a@shop.iam.gserviceaccount.com" } },
        { ...GOOGLE, google: { serviceAccount: "b@shop.iam.gserviceaccount.com" } },
      ),
    'source.store.google.serviceAccount: "b@shop.iam.gserviceaccount.com": must be backup.store.google.serviceAccount: the cluster has one role for both stores. Use one role that reads this store and writes the other, or use an access key here.',
  ],
  [
    "the bucket at the end of the address of a store",
    () => cluster({ ...ELSEWHERE, endpointUrl: "https://s3.example/v1/backups/" }),
    'backup.store.endpointUrl: "https://s3.example/v1/backups/": ends with the bucket, which clients add themselves: they would look for backups/backups. Write "https://s3.example/v1".',
  ],
  [
    "the bucket at the end of the address of a service",
    () => compatible("https://s3.example/orders"),
    'endpointUrl: "https://s3.example/orders": ends with the bucket, which clients add themselves. Write "https://s3.example".',
  ],
  [
    "an address with a query",
    () => compatible("https://s3.example/v1?style=path"),
    'endpointUrl: "https://s3.example/v1?style=path": is not the address of a service. Use "https://host", "https://host:port" or "https://host/path"; bucket and credentials are separate arguments.',
  ],
];

test.each(mistakes)("refuses %s", async (_, make, ...expected) => {
  const { violations, registered } = await make();
  expect(violations).toEqual(expected);
  expect(registered).toEqual([]);
});

test.each(["https://ref.supabase.co/storage/v1/s3", "https://s3.example:7070/"])(
  "an S3 service may be below a path: %s",
  async (endpointUrl) => {
    expect((await compatible(endpointUrl)).violations).toEqual([]);
    expect((await cluster({ ...ELSEWHERE, endpointUrl })).violations).toEqual([]);
  },
);
