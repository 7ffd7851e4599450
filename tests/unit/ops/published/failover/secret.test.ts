import { secretOf } from "../../../../../ops/published/failover/preflight.ts";
import type { Cluster } from "../../../../../ops/published/objects.ts";

function declared(bootstrap: Cluster["spec"]["bootstrap"]): Cluster {
  return {
    metadata: { name: "orders", namespace: "shop" },
    spec: { instances: 3, bootstrap },
  } as Cluster;
}

test.each<[string, Cluster["spec"]["bootstrap"], string | undefined, string]>([
  ["as the operator names it", { initdb: {} }, undefined, "orders-app"],
  ["the declared one", { initdb: { secret: { name: "mine" } } }, undefined, "mine"],
  ["of a recovery", { recovery: { secret: { name: "mine" } } }, undefined, "mine"],
  [
    "the password beside a verifier",
    { initdb: { secret: { name: "orders-owner-verifier" } } },
    undefined,
    "orders-app",
  ],
  ["the requested one", { initdb: { secret: { name: "mine" } } }, "reader", "reader"],
])("the Secret that writers log in with: %s", (_, bootstrap, secret, name) => {
  expect(secretOf(declared(bootstrap), { secret })).toBe(name);
});
