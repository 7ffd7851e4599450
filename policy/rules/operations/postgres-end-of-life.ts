import { majorOf, specOf } from "../../cluster";
import { at, resourceRule } from "../../rule";
import { count } from "../../settings";
import { CLUSTER } from "../../types";

/** The day of each major version's last release. Source: https://www.postgresql.org/support/versioning/ */
const LAST_RELEASES: Readonly<Record<number, string>> = {
  10: "2022-11-10",
  11: "2023-11-09",
  12: "2024-11-21",
  13: "2025-11-13",
  14: "2026-11-12",
  15: "2027-11-11",
  16: "2028-11-09",
  17: "2029-11-08",
  18: "2030-11-14",
};

const DAY = 24 * 60 * 60 * 1000;

export const postgresEndOfLife = resourceRule({
  name: "postgres-end-of-life",
  group: "operations",
  description: "PostgreSQL is a version that is still mended for a while.",
  why: "After the last release holes stay open, and an upgrade in a hurry is a bad one.",
  remediation: "Set spec.imageName to a newer major version, and let the operator upgrade.",
  severity: "medium",
  level: "advisory",
  link: "https://www.postgresql.org/support/versioning/",
  types: [CLUSTER],
  settings: { days: count(180, "How many days before the end it is reported") },
  *judge(cluster, { days }) {
    const image = specOf(cluster).at("imageName");
    const major = majorOf(image.text ?? "");
    if (major === undefined) return;
    const last = LAST_RELEASES[major];
    if (last === undefined || Date.parse(last) - Date.now() > days * DAY) return;
    yield at(
      image,
      `PostgreSQL ${major} has its last release on ${last}`,
      "Upgrade to a newer major version",
    );
  },
});
