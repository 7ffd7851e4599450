import type { Violation } from "../../../components/contract/violation";
import { objectIn } from "../../engine/object-in";
import { specOf } from "../../resources/cluster";
import type { Part } from "../../engine/part";
import { at, resourceRule } from "../../engine/rule";
import { DATABASE, DATABASE_ROLE } from "../../engine/types";

const RECLAIM_POLICIES = ["databaseReclaimPolicy", "databaseRoleReclaimPolicy"];

export const databaseRetained = resourceRule({
  name: "database-retained",
  group: "storage",
  description:
    "A database or a role is kept when its object is deleted, and is not declared absent.",
  why: "With the reclaim policy delete, an object that is renamed or removed drops the database; with ensure: absent it is dropped at once.",
  remediation: "Set spec.databaseReclaimPolicy: retain, and remove ensure: absent.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/declarative_database_management",
  types: [DATABASE, DATABASE_ROLE],
  *check(resource) {
    const spec = specOf(resource);
    const what = resource.type === DATABASE ? "database" : "role";
    for (const policy of RECLAIM_POLICIES.map((field) => spec.at(field))) {
      if (policy.text !== "delete") continue;
      yield at(policy, `the ${what} is dropped with its object`, "Remove it, or set it to retain");
    }
    yield* absent(spec, `the ${what}`);
    for (const schema of spec.at("schemas").items) yield* absent(schema, "the schema");
  },
  remediate(properties) {
    const spec = objectIn(properties, "spec");
    for (const field of RECLAIM_POLICIES) if (spec[field] === "delete") spec[field] = "retain";
    const schemas = Array.isArray(spec["schemas"]) ? (spec["schemas"] as Ensured[]) : [];
    for (const one of [spec as Ensured, ...schemas]) {
      if (one.ensure === "absent") one.ensure = "present";
    }
  },
});

interface Ensured {
  ensure?: unknown;
}

function* absent(part: Part, what: string): Generator<Violation> {
  const ensure = part.at("ensure");
  if (ensure.text !== "absent") return;
  yield at(ensure, `${what} is dropped with everything in it`, "Remove it, or set it to present");
}
