import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

/** The name of PgBouncer's console, and of the only user that may use it. */
const NAME = "pgbouncer";

export const poolerAdministrator = resourceRule({
  name: "pooler-administrator",
  group: "security",
  description: "No role or database is called pgbouncer.",
  why: "Anyone who logs in to a Pooler under that name is its administrator, and may pause it or shut it down.",
  remediation: "Give the role or the database another name.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pgbouncer.org/usage.html#admin-console",
  types: [CLUSTER],
  *check(cluster) {
    const spec = specOf(cluster);
    const bootstraps = ["initdb", "recovery", "pg_basebackup"].map((one) =>
      spec.at("bootstrap", one),
    );
    const names = [
      ...spec.at("managed", "roles").items.map((role) => role.at("name")),
      ...bootstraps.map((bootstrap) => bootstrap.at("owner")),
      ...bootstraps.map((bootstrap) => bootstrap.at("database")),
    ];
    for (const name of names) {
      if (name.text !== NAME) continue;
      yield at(name, "is the name of PgBouncer's administrator and console", "Use another name");
    }
  },
});
