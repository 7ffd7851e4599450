import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const ignoredRetention = resourceRule({
  name: "ignored-retention",
  group: "backup",
  description: "Retention is declared where the plugin reads it.",
  why: "spec.backup.retentionPolicy has no effect with the plugin, and backups accumulate.",
  remediation: "Move spec.backup.retentionPolicy to spec.retentionPolicy of the ObjectStore.",
  severity: "medium",
  level: "advisory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/retention/",
  types: [CLUSTER],
  *check(cluster) {
    const spec = specOf(cluster);
    const retention = spec.at("backup", "retentionPolicy");
    if (!retention.isSet || spec.at("plugins").items.length === 0) return;
    yield at(
      retention,
      "is ignored by the plugin, so no backup is ever deleted",
      "Move it to spec.retentionPolicy of the ObjectStore",
    );
  },
});
