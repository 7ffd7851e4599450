import { LAST_RELEASES } from "../../../components/upstream/postgres/lifetimes";
import { versionOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { count } from "../../engine/settings";
import { CLUSTER } from "../../engine/types";

const DAY = 24 * 60 * 60 * 1000;

export const postgresEndOfLife = resourceRule({
  name: "postgres-end-of-life",
  group: "operations",
  description: "The major version of PostgreSQL is not close to its end of life.",
  why: "After the last release vulnerabilities are not fixed, and an upgrade in a hurry is risky.",
  remediation:
    "Set spec.imageName or spec.imageCatalogRef.major to a newer major version, and let the operator upgrade.",
  severity: "medium",
  level: "advisory",
  link: "https://www.postgresql.org/support/versioning/",
  types: [CLUSTER],
  settings: { days: count(180, "How many days before the end of life it is reported") },
  *check(cluster, { days }) {
    const { place, major } = versionOf(cluster);
    if (major === undefined) return;
    const last = LAST_RELEASES[major];
    const left = last === undefined ? Infinity : Date.parse(last) - Date.now();
    if (left > days * DAY) return;
    yield at(
      place,
      `PostgreSQL ${major} ${left < 0 ? "had" : "has"} its last release on ${last}`,
      "Upgrade to a newer major version",
    );
  },
});
