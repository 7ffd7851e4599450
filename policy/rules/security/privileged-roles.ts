import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { texts } from "../../engine/settings";
import { CLUSTER, DATABASE_ROLE } from "../../engine/types";

export const privilegedRoles = resourceRule({
  name: "privileged-roles",
  group: "security",
  description: "No role bypasses the privileges in the database.",
  why: "Roles with superuser, replication or bypassrls can read every row, regardless of grants.",
  remediation:
    "Remove superuser, replication and bypassrls from spec.managed.roles, or from the DatabaseRole.",
  severity: "medium",
  level: "advisory",
  link: "https://www.postgresql.org/docs/current/role-attributes.html",
  types: [CLUSTER, DATABASE_ROLE],
  settings: { allowed: texts([], "Names of roles that may have these attributes") },
  *check(resource, { allowed }) {
    const spec = specOf(resource);
    const roles = resource.type === CLUSTER ? spec.at("managed", "roles").items : [spec];
    for (const role of roles) {
      const name = role.at("name").text ?? "";
      if (allowed.includes(name)) continue;
      for (const attribute of ["superuser", "replication", "bypassrls"]) {
        if (role.at(attribute).flag !== true) continue;
        yield at(
          role.at(attribute),
          `${name || "the role"} can read every row, regardless of grants`,
          "Remove it, and grant what the role needs",
        );
      }
    }
  },
});
