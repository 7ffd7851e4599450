import type { BackupStore } from "../../../../backup/args/store";
import { rule } from "../../../../contract/rule";
import { storesOf, type StoresOfCluster } from "./stores";

export const storeEndpointPath = rule({
  name: "store-endpoint-path",
  why: "Clients put the bucket behind the address themselves, so that it would be there twice.",
  *check(cluster: StoresOfCluster) {
    for (const { path, store } of storesOf(cluster)) {
      const { endpointUrl } = store;
      const bucket = bucketOf(store);
      if (typeof endpointUrl !== "string" || bucket === undefined) continue;
      const address = endpointUrl.replace(/\/+$/, "");
      if (!address.endsWith(`/${bucket}`)) continue;
      yield {
        path: `${path}.endpointUrl`,
        value: endpointUrl,
        reason: `ends with the bucket, which clients add themselves: they would look for ${bucket}/${bucket}`,
        remedy: `Write "${address.slice(0, -bucket.length - 1)}"`,
      };
    }
  },
});

function bucketOf({ destinationPath }: BackupStore): string | undefined {
  return typeof destinationPath === "string"
    ? /^s3:\/\/([^/]+)/.exec(destinationPath)?.[1]
    : undefined;
}
