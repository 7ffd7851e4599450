/** What stands beside a database and is none of its own is none of the pack's business. */
import { rules } from "../../policy/rules";
import { goodStack } from "./support/good-stack";
import { type Declared, judge } from "./support/pack";

const judged = rules.filter(({ name }) => ["secret-encrypted", "weak-passwords"].includes(name));

function secret(metadata: object): Declared {
  return {
    type: "kubernetes:core/v1:Secret",
    name: "secret",
    object: { metadata, type: "kubernetes.io/basic-auth", stringData: { password: "short" } },
  };
}

function rulesAbout(metadata: object): string[] {
  return judge(judged, [...goodStack("login"), secret(metadata)]).map(({ rule }) => rule);
}

test.each([
  ["of another application", { name: "grafana", namespace: "databases" }],
  ["of the same name elsewhere", { name: "main-app", namespace: "web" }],
])("a Secret %s is left alone", (_, metadata) => {
  expect(rulesAbout(metadata)).toEqual([]);
});

test.each([
  ["of the owner", { name: "main-app", namespace: "databases" }],
  ["that a store names", { name: "mirror", namespace: "databases" }],
  ["with a label of CloudNativePG", { name: "a", labels: { "cnpg.io/reload": "true" } }],
])("a Secret %s is judged", (_, metadata) => {
  expect(rulesAbout(metadata)).toEqual(["secret-encrypted", "weak-passwords"]);
});
