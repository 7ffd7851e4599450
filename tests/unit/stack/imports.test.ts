import { describe as inWords } from "../../../components/contract/violation";
import { checkStack } from "../../../stack/checks";
import { before, runTexts } from "../support/program-run";
import { only } from "../support/registrations";
import { stackTexts } from "../support/stack-files";

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);

const SHOP = {
  storage: { size: "10Gi" },
  server: {
    host: "db.example.com",
    user: "postgres",
    passwordSecret: { name: "old-db", key: "password" },
    caSecret: { name: "old-db", key: "ca.crt" },
  },
  database: { name: "shop", owner: "shop" },
};
const SECRETS = { "old-db": { data: { password: "a-password", "ca.crt": "a-certificate" } } };

const told = (stack: Record<string, unknown>) =>
  checkStack(stack, new Set(["secrets"])).violations.map(inWords);

const whole = { secrets: SECRETS, imports: { shop: SHOP } };

describe("a stack with an import", () => {
  test("needs no cluster beside it, and has poolers and certificates", () => {
    const poolers = { "shop-pooler": { cluster: "shop", poolMode: "transaction" } };
    expect(told({ ...whole, poolers, certificates: {} })).toEqual([]);
  });

  test("creates it after its Secrets, and tells where it is reached", async () => {
    const keys = Object.fromEntries(
      Object.entries(whole).map(([key, part]) => [`ha-postgres:${key}`, part]),
    );
    const { error, registered } = await runTexts({
      ...stackTexts(keys),
      encrypted: ["project:secrets"],
    });
    expect(error).toBeUndefined();
    const { id } = only(registered, "ha-postgres:index:ImportedCluster");
    expect(id).toBe("ha-postgres:index:ImportedCluster::shop");
    const check = only(registered, "kubernetes:batch/v1:Job");
    expect(before(registered, check.id)).toContain("kubernetes:core/v1:Secret::secrets/old-db");
  });

  test.each<[string, Record<string, unknown>, ...string[]]>([
    [
      "a mistake of the component, at its place",
      { ...whole, imports: { shop: { ...SHOP, import: { roles: ["reader"] } } } },
      'imports.shop.import.roles = ["reader"]: must not be set: a microservice import takes no roles along. Declare them in ' +
        "roles, or use method monolith.",
    ],
    [
      "a key that a cluster has",
      { ...whole, clusters: { shop: { storage: { size: "10Gi" } } } },
      'imports.shop = "shop": is already the key of clusters.shop, and poolers and certificates refer to databases by key. Use ' +
        "another key; clusterName can set the cluster's name.",
    ],
    [
      "a Secret that nobody declares",
      {
        ...whole,
        imports: {
          shop: { ...SHOP, server: { ...SHOP.server, passwordSecret: { name: "new", key: "a" } } },
        },
      },
      'imports.shop.server.passwordSecret.name = "[not shown]": names a Secret that the stack does not declare, in the ' +
        "namespace databases that it creates: nobody can have made it before the first deployment. Declare it in secrets, " +
        "with external: true if something else makes it.",
    ],
    [
      "a key that a Secret does not have",
      { ...whole, secrets: { "old-db": { data: { password: "a-password" } } } },
      'imports.shop.server.caSecret.name = "[not shown]": is read by the key ca.crt, which secrets["old-db"] does not have. ' +
        "Add it there, or name another Secret.",
    ],
    [
      "a backup without a store",
      { ...whole, imports: { shop: { ...SHOP, backup: { retention: "7d" } } } },
      expect.stringMatching(/^imports\.shop\.backup/) as string,
    ],
  ])("is refused: %s", (_, stack, ...says) => {
    expect(told(stack)).toEqual(says);
  });
});
