import { setsPassword } from "../../../components/postgres/cluster/rules/database/sql-passwords";
import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import type { Part } from "../../engine/part";
import { CLUSTER } from "../../engine/types";

const SQL_LISTS = ["postInitSQL", "postInitTemplateSQL", "postInitApplicationSQL"];

export const clusterPasswords = resourceRule({
  name: "cluster-passwords",
  group: "security",
  description: "A Cluster contains no password.",
  why: "Anyone who may read the object can read it, and so can anyone with the stack's state.",
  remediation: "Name a Secret: spec.managed.roles[].passwordSecret, externalClusters[].password.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/security",
  types: [CLUSTER],
  *check(cluster) {
    for (const part of passwordsOf(specOf(cluster))) {
      yield {
        ...at(
          part,
          "contains a password, which anyone who may read the object can read",
          "Move it to a Secret and name that",
        ),
        value: "[not shown]",
      };
    }
  },
});

function passwordsOf(spec: Part): Part[] {
  const initdb = spec.at("bootstrap", "initdb");
  const statements = SQL_LISTS.flatMap((list) => initdb.at(list).items);
  const connections = spec
    .at("externalClusters")
    .items.map((external) => external.at("connectionParameters"))
    .flatMap((parameters) => ["password", "sslpassword"].map((name) => parameters.at(name)));
  const variables = spec.at("env").items.map((variable) => ({
    name: variable.at("name").text ?? "",
    value: variable.at("value"),
  }));
  return [
    ...statements.filter((statement) => setsPassword(statement.text ?? "")),
    ...connections.filter((password) => password.isSet),
    ...variables
      .filter(({ name, value }) => /PASSWORD|SECRET|TOKEN/.test(name) && value.isSet)
      .map(({ value }) => value),
  ];
}
