import type { AzureLogin, BackupStore, GoogleLogin } from "../../../../backup/args/store";
import { rule } from "../../../../contract/rule";
import { under, type Violation } from "../../../../contract/violation";
import { foreignStores, OR_AFTERWARDS, storesOf, type StoresOfCluster } from "./stores";

export const storeCloudLogin = rule({
  name: "store-cloud-login",
  why: "Of two logins a client silently takes one, and of half a login none.",
  *check(cluster: StoresOfCluster) {
    for (const { path, store } of storesOf(cluster)) {
      yield* under(`${path}.google`, [...ofGoogle(store.google)]);
      yield* under(`${path}.azure`, [...ofAzure(store.azure)]);
    }
    yield* sharedFile(cluster);
  },
});

function* ofGoogle(login: GoogleLogin = {}): Iterable<Violation> {
  if (login.applicationCredentials === undefined || login.serviceAccount === undefined) return;
  yield {
    path: "serviceAccount",
    value: "[not shown]",
    reason: "has no effect with applicationCredentials",
    remedy: "Remove the key, which the service account replaces, or the service account",
  };
}

function* ofAzure(login: AzureLogin = {}): Iterable<Violation> {
  const { connectionString, storageAccount, storageKey, storageSasToken, clientId } = login;
  const keys = Object.entries({ connectionString, storageKey, storageSasToken })
    .filter(([, key]) => key !== undefined)
    .map(([name]) => name);
  const [key, ...others] = keys;
  for (const other of others) {
    yield {
      path: other,
      value: "[not shown]",
      reason: `must not be set together with ${key}: there is one login`,
      remedy: "Remove one of them",
    };
  }
  if (clientId !== undefined && key !== undefined) {
    yield {
      path: "clientId",
      value: "[not shown]",
      reason: `has no effect with ${key}`,
      remedy: "Remove the key, which the identity replaces, or clientId",
    };
  }
  const needsAccount = key === "storageKey" || key === "storageSasToken";
  if (needsAccount && storageAccount === undefined) {
    yield {
      path: "storageAccount",
      value: undefined,
      reason: `must be set: ${key} is that of an account`,
      remedy: "Refer to the key of the Secret that contains its name",
    };
  }
  if (!needsAccount && storageAccount !== undefined) {
    yield {
      path: "storageAccount",
      value: "[not shown]",
      reason: "has no effect without storageKey or storageSasToken",
      remedy: "Remove it, or refer to one of them",
    };
  }
}

/** The plugin writes the key of Google to one file for both stores, and an empty one without a key. */
function* sharedFile(cluster: StoresOfCluster): Iterable<Violation> {
  const own = cluster.backup?.store;
  for (const { path, store } of foreignStores(cluster)) {
    if (own?.google === undefined || store.google === undefined) continue;
    if (keyOf(own) === keyOf(store)) continue;
    yield {
      path: `${path}.google.applicationCredentials`,
      value: "[not shown]",
      reason:
        "must be that of backup.store: one container connects to both stores, and has one file for the key",
      remedy: `Use one key, or none, that reads this store and writes the other${OR_AFTERWARDS[path] ?? ""}`,
    };
  }
}

function keyOf({ google }: BackupStore): string | undefined {
  const { name, key } = google?.applicationCredentials ?? {};
  // Names that are known later only cannot be compared.
  return name === undefined
    ? undefined
    : JSON.stringify([typeof name === "string" ? name : "", key]);
}
