import { rule } from "../../../../contract/rule";
import { storesOf, type StoresOfCluster } from "./stores";

export const storeEndpointCa = rule({
  name: "store-endpoint-ca",
  why: "Your own authority replaces the public ones.",
  *check(cluster: StoresOfCluster) {
    for (const { path, store } of storesOf(cluster)) {
      if (store.google !== undefined || store.azure !== undefined) continue;
      if (store.endpointCa === undefined || store.endpointUrl !== undefined) continue;
      yield {
        path: `${path}.endpointUrl`,
        value: undefined,
        reason: "must be set: without it the store is AWS, which endpointCa does not certify",
        remedy: "Use the address of the service that endpointCa certifies, or remove endpointCa",
      };
    }
  },
});
