/** The pack does not check Secrets of other applications. */
import { rules } from "../../policy/rules";
import { goodStack } from "./support/good-stack";
import { type Declared, check } from "./support/pack";

const checked = rules.filter(({ name }) => ["secret-encrypted", "weak-passwords"].includes(name));

function secret(metadata: object): Declared {
  return {
    type: "kubernetes:core/v1:Secret",
    name: "secret",
    object: { metadata, type: "kubernetes.io/basic-auth", stringData: { password: "short" } },
  };
}

const role: Declared = {
  type: "kubernetes:postgresql.cnpg.io/v1:DatabaseRole",
  name: "role",
  object: {
    metadata: { name: "main-dante", namespace: "databases" },
    spec: { cluster: { name: "main" }, name: "dante", login: true },
  },
};

function rulesAbout(metadata: object): string[] {
  return check(checked, [...goodStack("login"), role, secret(metadata)]).map(({ rule }) => rule);
}

test.each([
  ["of another application", { name: "grafana", namespace: "databases" }],
  ["of the same name elsewhere", { name: "main-app", namespace: "web" }],
])("a Secret %s is ignored", (_, metadata) => {
  expect(rulesAbout(metadata)).toEqual([]);
});

test.each([
  ["of the database's owner", { name: "main-app", namespace: "databases" }],
  ["of a login through a pooler", { name: "pooler-app", namespace: "databases" }],
  ["of a role's login", { name: "main-dante", namespace: "databases" }],
  ["that a store names", { name: "mirror", namespace: "databases" }],
  ["with a label of CloudNativePG", { name: "a", labels: { "cnpg.io/reload": "true" } }],
])("a Secret %s is checked", (_, metadata) => {
  expect(rulesAbout(metadata)).toEqual(["secret-encrypted", "weak-passwords"]);
});
