import { specOf } from "../../cluster";
import { at, resourceRule } from "../../rule";
import { text } from "../../settings";
import { CLUSTER } from "../../types";

export const walArchiver = resourceRule({
  name: "wal-archiver",
  group: "backup",
  description: "A Cluster archives its WAL through a plugin.",
  why: "Without an archive there is no recovery to a point in time, and a backup misses all that came after it.",
  remediation:
    "Add to spec.plugins: { name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: { barmanObjectName } }.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/",
  types: [CLUSTER],
  settings: { plugin: text("barman-cloud.cloudnative-pg.io", "The plugin that archives") },
  *judge(cluster, { plugin: name }) {
    const plugins = specOf(cluster).at("plugins");
    const isArchived = plugins.items.some(
      (plugin) =>
        plugin.at("name").text === name &&
        plugin.at("isWALArchiver").flag === true &&
        plugin.at("enabled").flag !== false,
    );
    if (isArchived) return;
    yield at(
      plugins,
      "no plugin archives the WAL, and what is lost cannot be recovered",
      `Add { name: ${name}, isWALArchiver: true, parameters: { barmanObjectName } }`,
    );
  },
});
