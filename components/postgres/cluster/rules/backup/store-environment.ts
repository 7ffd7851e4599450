import { rule } from "../../../../contract/rule";
import { propertyPath, type Refusal } from "../../../../contract/schema";
import { OR_AFTERWARDS, storesOf, type StoresOfCluster } from "./stores";

/** Variables that anyone who may read the ObjectStore could see, or that have an argument. */
const TAKEN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    AWS_ACCESS_KEY_ID: "Refer to a Secret with accessKeyId",
    AWS_SECRET_ACCESS_KEY: "Refer to a Secret with secretAccessKey",
    AWS_SESSION_TOKEN: "Refer to a Secret with accessKeyId and secretAccessKey, which last longer",
    AWS_DEFAULT_REGION: "Use region",
    AWS_REGION: "Use region",
    AWS_CA_BUNDLE: "Use endpointCa",
    GOOGLE_APPLICATION_CREDENTIALS: "Refer to a Secret with google.applicationCredentials",
    AZURE_STORAGE_ACCOUNT: "Refer to a Secret with azure.storageAccount",
    AZURE_STORAGE_KEY: "Refer to a Secret with azure.storageKey",
    AZURE_STORAGE_SAS_TOKEN: "Refer to a Secret with azure.storageSasToken",
    AZURE_STORAGE_CONNECTION_STRING: "Refer to a Secret with azure.connectionString",
    AZURE_CLIENT_SECRET:
      "Use azure.clientId, which needs no secret, or a key of the storage account",
  }),
);

export const storeEnvironment = rule({
  name: "store-environment",
  why: "The environment of a store can be read by anyone who may read the ObjectStore, and is set in one container.",
  *check(cluster: StoresOfCluster) {
    const own = cluster.backup?.store.environment ?? {};
    for (const { path, store } of storesOf(cluster)) {
      for (const [name, value] of Object.entries(store.environment ?? {})) {
        const clashes = path !== "backup.store" && Object.hasOwn(own, name) && own[name] !== value;
        const refused = nameRefusal(name) ?? (clashes ? clashIn(path) : undefined);
        if (!refused) continue;
        const where = `${path}.${propertyPath(["environment", name])}`;
        yield { path: where, value: "[not shown]", ...refused };
      }
    }
  },
});

function clashIn(path: string): Refusal {
  return {
    reason: "differs from backup.store, and one container of the cluster connects to both stores",
    remedy: `Set both to the same value${OR_AFTERWARDS[path] ?? ""}`,
  };
}

function nameRefusal(name: string): Refusal | undefined {
  const remedy = TAKEN.get(name);
  if (remedy !== undefined) {
    return {
      reason:
        "is set by another argument, and here anyone who may read the ObjectStore could see it",
      remedy,
    };
  }
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return undefined;
  return {
    reason: "is not a valid name of an environment variable",
    remedy: "Use letters, digits and underscores, no digit first",
  };
}
