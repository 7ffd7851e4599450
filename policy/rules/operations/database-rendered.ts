import type { Violation } from "../../../components/contract/violation";
import type { Part } from "../../engine/part";
import { isChart } from "../../resources/release";
import { at, resourceRule } from "../../engine/rule";
import { texts } from "../../engine/settings";
import { CHARTS, RELEASE } from "../../engine/types";

/** Values in which charts accept whole objects: `extraDeploy`, `extraObjects`, `manifests`, `resources`. */
const OBJECTS = /^(extra|additional)?(deploy|objects|manifests|resources|templates)$/i;

export const databaseRendered = resourceRule({
  name: "database-rendered",
  group: "operations",
  description: "No chart renders a database.",
  why: "No rule sees what a Release renders, so a database in it is not checked.",
  remediation:
    "Declare a Cluster (or a PostgresCluster) instead of the chart, with the same volumes or by a recovery.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/choosing-the-right-helm-resource-for-your-use-case/",
  types: [RELEASE, ...CHARTS],
  settings: {
    charts: texts(
      [
        "cluster",
        "postgresql",
        "postgresql-ha",
        "timescaledb-single",
        "timescaledb-ha",
        "pgcluster",
        "postgres-cluster",
        "cloudnative-pg-cluster",
        "pg-cluster",
        "postgres",
      ],
      "Names of charts that render a database",
    ),
  },
  *check(release, { charts }) {
    if (isChart(release, ...charts)) {
      yield at(release.object.at("chart"), "renders a database that no rule checks", REMEDY);
      return;
    }
    // A Chart declares what it renders as resources, which are checked like any other.
    if (release.type !== RELEASE) return;
    const values = release.object.at("values");
    yield* bundled(values);
    yield* embedded(values);
  },
});

const REMEDY = "Declare a Cluster (or a PostgresCluster) instead";

/** Charts of applications may include a database, with a switch under the name of its chart. */
function* bundled(values: Part): Generator<Violation> {
  for (const part of [values.at("postgresql"), values.at("postgresql-ha")]) {
    const enabled = isObject(part.value) ? part.at("enabled") : undefined;
    if (enabled?.value !== true) continue;
    yield at(
      enabled,
      "adds a database to the application that no rule checks",
      `${REMEDY}, and set this to false`,
    );
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function* embedded(values: Part): Generator<Violation> {
  for (const [key, part] of values.entries) {
    if (!OBJECTS.test(key) || !mentionsDatabase(part.value)) continue;
    yield {
      ...at(part, "renders objects of a database that no rule checks", REMEDY),
      value: "[not shown]",
    };
  }
}

/** Whether a value has objects of a database, or a text with their manifests. */
function mentionsDatabase(value: unknown): boolean {
  if (typeof value === "string") return /\b(postgresql|barmancloud)\.cnpg\.io\//.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(mentionsDatabase);
}
