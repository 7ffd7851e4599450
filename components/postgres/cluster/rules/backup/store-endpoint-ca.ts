import { rule } from "../../../../contract/rule";
import { storesOf, type StoresOfCluster } from "./stores";

export const storeEndpointCa = rule({
  name: "store-endpoint-ca",
  why: "An authority of one's own takes the place of the public ones.",
  *check(cluster: StoresOfCluster) {
    for (const { path, store } of storesOf(cluster)) {
      if (store.endpointCa === undefined || store.endpointUrl !== undefined) continue;
      yield {
        path: `${path}.endpointUrl`,
        value: undefined,
        reason: "without it the store is AWS, which endpointCa does not certify",
        remedy: "Give the address of the service that it certifies, or remove endpointCa",
      };
    }
  },
});
