import { declaredNamespaces, namespaceFaults } from "../../../ops/waits/namespaces.ts";

/** The faults of a configuration, as `path: reason. remedy`. */
const faultsOf = (
  config: Record<string, unknown>,
  existing: string[] | undefined,
  owned: string[] = [],
) =>
  namespaceFaults(declaredNamespaces(config), existing, owned).map(
    ({ path, value, reason, remedy }) => `${path} = ${String(value)}: ${reason}. ${remedy}.`,
  );

test("the namespaces of a stack are its own and its others", () => {
  expect(declaredNamespaces({})).toEqual([{ path: "namespace", name: "databases", create: true }]);
  expect(declaredNamespaces({ "ha-postgres:namespace": "shop" })).toEqual([
    { path: "namespace", name: "shop", create: true },
  ]);
  expect(
    declaredNamespaces({
      "ha-postgres:namespace": { name: "shop", create: false },
      "ha-postgres:namespaces": { audit: {}, dr: { create: false } },
    }),
  ).toEqual([
    { path: "namespace.name", name: "shop", create: false },
    { path: "namespaces.audit", name: "audit", create: true },
    { path: "namespaces.dr", name: "dr", create: false },
  ]);
});

test("one that must exist and does not is reported before anything is created", () => {
  const config = { "ha-postgres:namespace": { name: "shop", create: false } };
  expect(faultsOf(config, ["default"])).toEqual([
    "namespace.name = shop: must exist, since the stack does not create it (create: false). Create it: kubectl create namespace shop.",
  ]);
  expect(faultsOf(config, ["default", "shop"])).toEqual([]);
  // Who may not list namespaces hears it from the engine.
  expect(faultsOf(config, undefined)).toEqual([]);
});

test("one that somebody else has created is not taken over", () => {
  const config = { "ha-postgres:namespaces": { audit: {} } };
  expect(faultsOf(config, ["databases", "audit"], ["databases"])).toEqual([
    "namespaces.audit = audit: exists already, and the stack would create it. Set create: false to use it as it is, or use another name.",
  ]);
  expect(faultsOf(config, ["databases", "audit"], ["databases", "audit"])).toEqual([]);
});
