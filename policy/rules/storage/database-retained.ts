import { objectIn } from "../../object-in";
import { specOf } from "../../cluster";
import { at, resourceRule } from "../../rule";
import { DATABASE } from "../../types";

export const databaseRetained = resourceRule({
  name: "database-retained",
  group: "storage",
  description: "A database outlives its Database object.",
  why: "With the reclaim policy delete, an object that is renamed or removed drops the database.",
  remediation: "Set spec.databaseReclaimPolicy: retain.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/declarative_database_management",
  types: [DATABASE],
  *judge(database) {
    const policy = specOf(database).at("databaseReclaimPolicy");
    if (policy.text !== "delete") return;
    yield at(policy, "the database is dropped with its object", "Remove it, or set it to retain");
  },
  remediate(properties) {
    objectIn(properties, "spec")["databaseReclaimPolicy"] = "retain";
  },
});
