import type { BackupStore } from "../../../../backup/args/store";
import { rule } from "../../../../contract/rule";
import { under, type Violation } from "../../../../contract/violation";
import { storesOf, type StoresOfCluster } from "./stores";

/** The arguments that only an S3 service has, and of which Azure's clients read one, too. */
const OF_S3 = [
  "endpointUrl",
  "endpointCa",
  "region",
  "accessKeyId",
  "secretAccessKey",
  "roleArn",
] as const satisfies readonly (keyof BackupStore)[];

const CLOUDS = {
  google: { name: "Google Cloud Storage", begins: "gs://", example: "gs://bucket/path" },
  azure: {
    name: "Azure Blob Storage",
    begins: "https://",
    example: "https://account.blob.core.windows.net/container/path",
  },
} as const;

export const storeProvider = rule({
  name: "store-provider",
  why: "The plugin chooses the client by the login, and each client knows its own addresses only.",
  *check(cluster: StoresOfCluster) {
    for (const { path, store } of storesOf(cluster)) yield* under(path, [...violations(store)]);
  },
});

function* violations(store: BackupStore): Iterable<Violation> {
  const clouds = (["google", "azure"] as const).filter((cloud) => store[cloud] !== undefined);
  const [cloud, other] = clouds;
  if (other !== undefined) {
    yield {
      path: other,
      value: "[not shown]",
      reason: `must not be set together with ${cloud}: a store is at one provider`,
      remedy: "Remove one of them",
    };
    return;
  }
  yield* addressViolations(store, cloud);
  if (cloud === undefined) return;
  for (const argument of OF_S3) {
    if (store[argument] === undefined) continue;
    yield {
      path: argument,
      value: "[not shown]",
      reason: `has no effect: the store is at ${CLOUDS[cloud].name}, and this is for S3 services`,
      remedy: `Remove it, or ${cloud}`,
    };
  }
}

function* addressViolations(
  { destinationPath }: BackupStore,
  cloud: keyof typeof CLOUDS | undefined,
): Iterable<Violation> {
  if (typeof destinationPath !== "string") return;
  if (cloud !== undefined) {
    const { name, begins, example } = CLOUDS[cloud];
    if (destinationPath.startsWith(begins)) return;
    yield {
      path: "destinationPath",
      value: destinationPath,
      reason: `must be at ${name}, since ${cloud} is set`,
      remedy: `Write "${example}", or remove ${cloud}`,
    };
    return;
  }
  for (const [needed, { name, begins }] of Object.entries(CLOUDS)) {
    if (!destinationPath.startsWith(begins)) continue;
    yield {
      path: needed,
      value: undefined,
      reason: `must be set: the store is at ${name}, and without it the client is that of S3`,
      remedy: `Set ${needed}: {} for the identity of the pods, or name a Secret in it`,
    };
  }
}
