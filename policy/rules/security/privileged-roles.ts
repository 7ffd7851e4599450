import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { texts } from "../../engine/settings";
import { CLUSTER, DATABASE_ROLE } from "../../engine/types";

export const privilegedRoles = resourceRule({
  name: "privileged-roles",
  group: "security",
  description: "No role is above the privileges of the others.",
  why: "Superusers, replication and bypassrls read every row, whatever is granted.",
  remediation:
    "Remove superuser, replication and bypassrls from spec.managed.roles, or from the DatabaseRole.",
  severity: "medium",
  level: "advisory",
  link: "https://www.postgresql.org/docs/current/role-attributes.html",
  types: [CLUSTER, DATABASE_ROLE],
  settings: { allowed: texts([], "Names of roles that may have them") },
  *judge(subject, { allowed }) {
    const spec = specOf(subject);
    const roles = subject.type === CLUSTER ? spec.at("managed", "roles").items : [spec];
    for (const role of roles) {
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
