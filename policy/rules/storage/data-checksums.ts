import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const dataChecksums = resourceRule({
  name: "data-checksums",
  group: "storage",
  description: "A new database has data checksums.",
  why: "Without them a damaged page is served, replicated and backed up, and nothing shows since when.",
  remediation: "Set spec.bootstrap.initdb.dataChecksums: true.",
  severity: "medium",
  level: "advisory",
  link: "https://www.postgresql.org/docs/current/checksums.html",
  types: [CLUSTER],
  *check(cluster) {
    const bootstrap = specOf(cluster).at("bootstrap");
    // A copy has the checksums of its source.
    if (bootstrap.at("recovery").isSet || bootstrap.at("pg_basebackup").isSet) return;
    const checksums = bootstrap.at("initdb", "dataChecksums");
    if (checksums.flag === true) return;
    yield at(checksums, "damaged pages would be copied unnoticed", "Set it to true");
  },
});
