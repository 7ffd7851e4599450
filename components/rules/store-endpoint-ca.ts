import { rule } from "./rule";
import { storesOf, storesSubject } from "./backup-stores";

export const storeEndpointCa = rule({
  name: "store-endpoint-ca",
  why: "An authority of one's own takes the place of the public ones.",
  subject: storesSubject,
  judge: (subject) =>
    storesOf(subject)
      .filter(({ store }) => store.endpointCa !== undefined && store.endpointUrl === undefined)
      .map(({ path }) => ({
        path: `${path}.endpointUrl`,
        value: undefined,
        reason: "without it the store is AWS, which endpointCa does not certify",
        remedy: "Give the address of the service that it certifies, or remove endpointCa",
      })),
});
