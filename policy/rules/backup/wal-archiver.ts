import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { text } from "../../engine/settings";
import { CLUSTER } from "../../engine/types";
import { BARMAN_CLOUD } from "../../../components/upstream/cloudnative-pg";

/** The parameter in which that plugin is told where to archive to. */
const TARGET = "barmanObjectName";

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
  settings: { plugin: text(BARMAN_CLOUD, "The plugin that archives") },
  *judge(cluster, { plugin: name }) {
    const plugins = specOf(cluster).at("plugins");
    const archivers = plugins.items.filter(
      (plugin) =>
        plugin.at("name").text === name &&
        plugin.at("isWALArchiver").flag === true &&
        plugin.at("enabled").flag !== false,
    );
    for (const target of archivers.map((archiver) => archiver.at("parameters", TARGET))) {
      if (name !== BARMAN_CLOUD || (target.text ?? "").trim() !== "") continue;
      yield at(target, "the plugin is not told where to archive to", "Name an ObjectStore");
    }
    if (archivers.length > 0) return;
    yield at(
      plugins,
      "no plugin archives the WAL, and what is lost cannot be recovered",
      `Add { name: ${name}, isWALArchiver: true, parameters: { barmanObjectName } }`,
    );
  },
});
