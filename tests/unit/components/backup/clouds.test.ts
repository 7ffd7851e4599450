import {
  RecoveryCluster,
  type AzureLogin,
  type BackupStore,
  type GoogleLogin,
} from "../../../../components";
import { computed, OBJECT_STORE } from "../../support/backup-fixtures";
import { CLUSTER, declared, MINIMAL } from "../../support/cluster-fixtures";
import { crdErrors } from "../../support/crd-schema";
import { only, registrations } from "../../support/registrations";

const GOOGLE = "gs://backups/shop";
const AZURE = "https://backups.blob.core.windows.net/shop/orders";
const CLIENT = "00000000-0000-0000-0000-000000000000";
const key = (name: string) => ({ name: "cloud", key: name });

interface Declared {
  configuration: Record<string, unknown>;
  serviceAccountTemplate?: unknown;
  inheritedMetadata?: unknown;
}

/** What a cluster with this store declares of it, accepted by the definitions. */
async function specsOf(store: BackupStore): Promise<Declared> {
  const all = await declared({ ...MINIMAL, backup: { store } }, { outputs: computed });
  const objectStore = only(all, OBJECT_STORE).inputs;
  const cluster = only(all, CLUSTER).inputs;
  expect(crdErrors("ObjectStore", objectStore)).toEqual([]);
  expect(crdErrors("Cluster", cluster)).toEqual([]);
  return {
    ...(objectStore["spec"] as Declared),
    ...(cluster["spec"] as Omit<Declared, "configuration">),
  };
}

const COMPRESSED = { wal: { compression: "gzip", maxParallel: 2 }, data: { compression: "gzip" } };

describe("A store at Google", () => {
  const of = (google: GoogleLogin) => specsOf({ destinationPath: GOOGLE, google });

  test("logs in with a key", async () => {
    const { configuration, serviceAccountTemplate } = await of({
      applicationCredentials: key("key.json"),
    });
    expect(configuration).toEqual({
      destinationPath: GOOGLE,
      googleCredentials: { applicationCredentials: key("key.json") },
      ...COMPRESSED,
    });
    expect(serviceAccountTemplate).toBeUndefined();
  });

  test("logs in as the pods' service account", async () => {
    const { configuration, serviceAccountTemplate } = await of({});
    expect(configuration["googleCredentials"]).toEqual({ gkeEnvironment: true });
    expect(serviceAccountTemplate).toBeUndefined();
  });

  test("logs in as a service account of Google", async () => {
    const serviceAccount = "orders@shop.iam.gserviceaccount.com";
    const { configuration, serviceAccountTemplate } = await of({ serviceAccount });
    expect(configuration["googleCredentials"]).toEqual({ gkeEnvironment: true });
    expect(serviceAccountTemplate).toEqual({
      metadata: { annotations: { "iam.gke.io/gcp-service-account": serviceAccount } },
    });
  });
});

describe("A store at Azure", () => {
  const of = (azure: AzureLogin) => specsOf({ destinationPath: AZURE, azure });

  test.each<AzureLogin>([
    { connectionString: key("connection") },
    { storageAccount: key("account"), storageKey: key("key") },
    { storageAccount: key("account"), storageSasToken: key("token") },
  ])("logs in with %j", async (login) => {
    const { configuration, inheritedMetadata } = await of(login);
    expect(configuration).toEqual({
      destinationPath: AZURE,
      azureCredentials: login,
      ...COMPRESSED,
    });
    expect(inheritedMetadata).toBeUndefined();
  });

  test("logs in as whoever the pods are", async () => {
    const { configuration, serviceAccountTemplate } = await of({});
    expect(configuration["azureCredentials"]).toEqual({ useDefaultAzureCredentials: true });
    expect(serviceAccountTemplate).toBeUndefined();
  });

  test("logs in as an identity, for which pods need a label", async () => {
    const specs = await of({ clientId: CLIENT });
    expect(specs.configuration["azureCredentials"]).toEqual({ useDefaultAzureCredentials: true });
    expect(specs.serviceAccountTemplate).toEqual({
      metadata: { annotations: { "azure.workload.identity/client-id": CLIENT } },
    });
    expect(specs.inheritedMetadata).toEqual({
      labels: { "azure.workload.identity/use": "true" },
    });
  });
});

test("A recovery reads one provider and writes to another, as somebody in each", async () => {
  const all = await registrations(
    () =>
      new RecoveryCluster("orders", {
        ...MINIMAL,
        source: {
          store: { destinationPath: AZURE, azure: { clientId: CLIENT } },
          serverName: "orders-00c0ffee",
        },
        database: { name: "orders", owner: "sales" },
        backup: {
          store: {
            destinationPath: GOOGLE,
            google: { serviceAccount: "orders@shop.iam.gserviceaccount.com" },
          },
        },
      }),
    { outputs: computed },
  );
  const configurationOf = (name: string) =>
    (only(all, OBJECT_STORE, name).inputs["spec"] as Declared).configuration;
  expect(configurationOf("orders-source")).toEqual({
    destinationPath: AZURE,
    azureCredentials: { useDefaultAzureCredentials: true },
    wal: { maxParallel: 2 },
  });
  expect(configurationOf("orders-backup")["googleCredentials"]).toEqual({ gkeEnvironment: true });
  const spec = only(all, CLUSTER).inputs["spec"] as Declared;
  expect(spec.serviceAccountTemplate).toEqual({
    metadata: {
      annotations: {
        "iam.gke.io/gcp-service-account": "orders@shop.iam.gserviceaccount.com",
        "azure.workload.identity/client-id": CLIENT,
      },
    },
  });
  expect(spec.inheritedMetadata).toEqual({ labels: { "azure.workload.identity/use": "true" } });
});
