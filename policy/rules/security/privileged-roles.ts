import { specOf } from "../../cluster";
import { at, resourceRule } from "../../rule";
import { texts } from "../../settings";
import { CLUSTER } from "../../types";

export const privilegedRoles = resourceRule({
  name: "privileged-roles",
  group: "security",
  description: "No role is above the privileges of the others.",
  why: "Superusers, replication and bypassrls read every row, whatever is granted.",
  remediation: "Remove superuser, replication and bypassrls from spec.managed.roles.",
  severity: "medium",
  level: "advisory",
  link: "https://www.postgresql.org/docs/current/role-attributes.html",
  types: [CLUSTER],
  settings: { allowed: texts([], "Names of roles that may have them") },
  *judge(cluster, { allowed }) {
    for (const role of specOf(cluster).at("managed", "roles").items) {
      const name = role.at("name").text ?? "";
      if (allowed.includes(name)) continue;
      for (const attribute of ["superuser", "replication", "bypassrls"]) {
        if (role.at(attribute).flag !== true) continue;
        yield at(
          role.at(attribute),
          `${name || "the role"} reads every row, whatever is granted`,
          "Remove it, and grant what the role needs",
        );
      }
    }
  },
});
