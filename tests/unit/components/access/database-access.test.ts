import { DatabaseAccess, type DatabaseAccessArgs } from "../../../../components";
import { only, registrations, type Registration } from "../../support/registrations";

const ROLE = "kubernetes:rbac.authorization.k8s.io/v1:Role";
const BINDING = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";

const args: DatabaseAccessArgs = {
  namespace: "shop",
  admins: [{ kind: "Group", name: "dba" }],
  operators: [{ kind: "User", name: "jane@example.com" }],
  viewers: [{ kind: "ServiceAccount", name: "dashboard", namespace: "monitoring" }],
  secrets: ["orders-app"],
};

interface Rule {
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
  verbs: string[];
}

const made = (of: DatabaseAccessArgs) => registrations(() => new DatabaseAccess("access", of));

/** Whether a Role allows something, as the API server decides it. */
function allows(all: Registration[], list: string) {
  const rules = only(all, ROLE, `access-${list}`).inputs["rules"] as Rule[];
  return (verb: string, group: string, resource: string, name = "any") =>
    rules.some(
      (rule) =>
        rule.apiGroups.includes(group) &&
        rule.resources.includes(resource) &&
        rule.verbs.includes(verb) &&
        (rule.resourceNames?.includes(name) ?? true),
    );
}

const CNPG = "postgresql.cnpg.io";
const BARMAN = "barmancloud.cnpg.io";

/** What each may do: viewers, operators, admins. */
const rights: [verb: string, group: string, resource: string, ...may: boolean[]][] = [
  ["list", CNPG, "clusters", true, true, true],
  ["watch", CNPG, "poolers", true, true, true],
  ["get", CNPG, "backups", true, true, true],
  ["get", CNPG, "databaseroles", true, true, true],
  ["get", BARMAN, "objectstores", true, true, true],
  ["list", "", "pods", true, true, true],
  ["list", "policy", "poddisruptionbudgets", true, true, true],
  // A restart of the whole, of a primary, of a replica; a promotion.
  ["patch", CNPG, "clusters", false, true, true],
  ["patch", CNPG, "clusters/status", false, true, true],
  ["delete", "", "pods", false, true, true],
  ["create", CNPG, "backups", false, true, true],
  ["get", "", "pods/log", false, true, true],
  ["get", "", "pods/proxy", false, true, true],
  ["create", CNPG, "clusters", false, false, true],
  ["update", CNPG, "clusters", false, false, true],
  ["delete", CNPG, "clusters", false, false, true],
  ["delete", CNPG, "backups", false, false, true],
  ["patch", CNPG, "poolers", false, false, true],
  ["patch", BARMAN, "objectstores", false, false, true],
  ["patch", CNPG, "clusters/scale", false, false, true],
  // Nobody.
  ["create", "", "pods/exec", false, false, false],
  ["create", "", "pods/portforward", false, false, false],
  ["create", "", "pods", false, false, false],
  ["get", "", "secrets", false, false, false],
  ["list", "", "secrets", false, false, false],
  ["get", "", "configmaps", false, false, false],
  ["create", "rbac.authorization.k8s.io", "rolebindings", false, false, false],
];

test.each(rights)("%s %s %s", async (verb, group, resource, ...expected) => {
  const all = await made(args);
  const may = ["viewers", "operators", "admins"].map((list) =>
    allows(all, list)(verb, group, resource),
  );
  expect(may).toEqual(expected);
});

test("admins read the Secrets that are named, and no others", async () => {
  const all = await made(args);
  for (const list of ["viewers", "operators"]) {
    expect(allows(all, list)("get", "", "secrets", "orders-app")).toBe(false);
  }
  const may = allows(all, "admins");
  expect(may("get", "", "secrets", "orders-app")).toBe(true);
  expect(may("get", "", "secrets", "orders-superuser")).toBe(false);
  // A list shows all of them whatever their names.
  expect(may("list", "", "secrets", "orders-app")).toBe(false);
});

test("each list is a Role and a RoleBinding of its namespace", async () => {
  const all = await made({ ...args, accessName: "orders" });
  const bindings = ["admins", "operators", "viewers"].map(
    (list) => only(all, BINDING, `access-${list}`).inputs,
  );
  expect(bindings).toEqual([
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: expect.objectContaining({ name: "orders-admins", namespace: "shop" }) as unknown,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "orders-admins" },
      subjects: [{ kind: "Group", name: "dba", apiGroup: "rbac.authorization.k8s.io" }],
    },
    expect.objectContaining({
      subjects: [{ kind: "User", name: "jane@example.com", apiGroup: "rbac.authorization.k8s.io" }],
    }),
    expect.objectContaining({
      subjects: [{ kind: "ServiceAccount", name: "dashboard", namespace: "monitoring" }],
    }),
  ]);
});

test("nobody in a list is no Role, and no Secret named none of them", async () => {
  const all = await made({ namespace: "shop", admins: [{ kind: "Group", name: "dba" }] });
  expect(all.filter(({ type }) => type === ROLE).map(({ name }) => name)).toEqual([
    "access-admins",
  ]);
  expect(allows(all, "admins")("get", "", "secrets", "orders-app")).toBe(false);
});
