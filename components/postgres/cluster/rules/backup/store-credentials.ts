import type { BackupStore } from "../../../../backup/args/store";
import { rule } from "../../../../contract/rule";
import { under, type Violation } from "../../../../contract/violation";
import { storesOf, type StoresOfCluster } from "./stores";

export const storeCredentials = rule({
  name: "store-credentials",
  why: "An archive that cannot log in to its store is noticed when the volume for WAL is full.",
  *check(cluster: StoresOfCluster) {
    for (const { path, store } of storesOf(cluster)) {
      // The arguments of S3 have no effect there, which is told elsewhere.
      if (store.google !== undefined || store.azure !== undefined) continue;
      yield* under(path, [...credentialViolations(store)]);
    }
  },
});

/** Values are not shown: a value instead of a reference may be the secret itself. */
function* credentialViolations({
  accessKeyId,
  secretAccessKey,
  roleArn,
  endpointUrl,
}: BackupStore): Iterable<Violation> {
  const [hasId, hasKey] = [accessKeyId !== undefined, secretAccessKey !== undefined];
  if (hasId !== hasKey) {
    yield {
      path: hasId ? "secretAccessKey" : "accessKeyId",
      value: undefined,
      reason: "must be set: an access key has two parts, and only the other is set",
      remedy: "Refer to the key of the Secret that contains it, or remove the other one",
    };
  } else if (hasId && roleArn !== undefined) {
    yield {
      path: "roleArn",
      value: "[not shown]",
      reason: "has no effect with an access key",
      remedy: "Remove the access key, which the role replaces, or the role",
    };
  } else if (!hasId && roleArn === undefined && endpointUrl !== undefined) {
    yield {
      path: "accessKeyId",
      value: undefined,
      reason: "must be set to log in at endpointUrl: only AWS has other ways",
      remedy: "Refer to accessKeyId and secretAccessKey in a Secret",
    };
  }
}
