import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { text } from "../../engine/settings";
import { CLUSTER } from "../../engine/types";
import { BARMAN_CLOUD } from "../../../components/upstream/cloudnative-pg";

/** The plugin's parameter with the name of the ObjectStore. */
const TARGET = "barmanObjectName";

export const walArchiver = resourceRule({
  name: "wal-archiver",
  group: "backup",
  description: "A Cluster archives its WAL through a plugin.",
  why: "Without an archive there is no point-in-time recovery, and everything after the last backup is lost.",
  remediation:
    "Add to spec.plugins: { name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: { barmanObjectName } }.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/",
  types: [CLUSTER],
  settings: { plugin: text(BARMAN_CLOUD, "The plugin that archives") },
  *check(cluster, { plugin: name }) {
    const plugins = specOf(cluster).at("plugins");
    const archivers = plugins.items.filter(
      (plugin) =>
        plugin.at("name").text === name &&
        plugin.at("isWALArchiver").flag === true &&
        plugin.at("enabled").flag !== false,
    );
    for (const target of archivers.map((archiver) => archiver.at("parameters", TARGET))) {
      if (name !== BARMAN_CLOUD || (target.text ?? "").trim() !== "") continue;
      yield at(
        target,
        "must name the ObjectStore to archive to",
        "Set it to the name of an ObjectStore",
      );
    }
    if (archivers.length > 0) return;
    yield at(
      plugins,
      "no plugin archives the WAL, so lost data cannot be recovered",
      `Add { name: ${name}, isWALArchiver: true, parameters: { barmanObjectName } }`,
    );
  },
});
