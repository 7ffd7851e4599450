import type { BackupStore } from "../../../../backup/args/store";
import { rule } from "../../../../contract/rule";
import { under, type Violation } from "../../../../contract/violation";
import { storesOf, type StoresOfCluster } from "./stores";

export const storeCredentials = rule({
  name: "store-credentials",
  why: "An archive that cannot log in to its store is noticed when the volume for WAL is full.",
  *check(cluster: StoresOfCluster) {
    for (const { path, store } of storesOf(cluster)) {
      yield* under(path, [...credentialViolations(store)]);
    }
  },
});

/** Values are not shown: what stands in the place of a reference may be the secret itself. */
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
      reason: "an access key has two parts, and only the other is given",
      remedy: "Refer to the key of the Secret that holds it, or remove the other one",
    };
  } else if (hasId && roleArn !== undefined) {
    yield {
      path: "roleArn",
      value: "[not shown]",
      reason: "with an access key nobody assumes the role",
      remedy: "Remove the access key, which is what the role saves, or the role",
    };
  } else if (!hasId && roleArn === undefined && endpointUrl !== undefined) {
    yield {
      path: "accessKeyId",
      value: undefined,
      reason: "nothing says how to log in at endpointUrl, and only AWS has other ways",
      remedy: "Refer to accessKeyId and secretAccessKey in a Secret",
    };
  }
}
