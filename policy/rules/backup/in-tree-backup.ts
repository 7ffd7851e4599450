import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const inTreeBackup = resourceRule({
  name: "in-tree-backup",
  group: "backup",
  description: "A Cluster does not use the backups that CloudNativePG 1.31 removes.",
  why: "With the next minor version of the operator archiving and backups would stop.",
  remediation:
    "Move spec.backup.barmanObjectStore into an ObjectStore, and name it in spec.plugins.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/migration/",
  types: [CLUSTER],
  *check(cluster) {
    const store = specOf(cluster).at("backup", "barmanObjectStore");
    if (!store.isSet) return;
    yield {
      ...at(
        store,
        "is removed in CloudNativePG 1.31, and archiving would stop with the update",
        "Move it into an ObjectStore and name that in spec.plugins",
      ),
      value: "[not shown]",
    };
  },
});
