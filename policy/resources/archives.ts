import { specOf } from "./cluster";
import type { Part } from "../engine/part";
import { nameOf } from "../engine/stack";
import type { Resource } from "../engine/resource";

/** A folder of WAL and backups: an ObjectStore and the name in it. */
export interface Archive {
  store: string;
  serverName?: string;
  /** The path of the name. */
  path: string;
}

/** The archives that a Cluster writes, and those that it is recovered or replicated from. */
export function archivesOf(cluster: Resource): { own: Archive[]; read: Archive[] } {
  const spec = specOf(cluster);
  const writers = spec.at("plugins").items.filter((plugin) => plugin.at("isWALArchiver").flag);
  const sources = [
    spec.at("bootstrap", "recovery", "source").text,
    spec.at("replica", "source").text,
  ];
  const read = spec
    .at("externalClusters")
    .items.filter((external) => external.at("name").isSet)
    .filter((external) => sources.includes(external.at("name").text))
    .flatMap((external) => archive(external.at("plugin"), external.at("name").text));
  return { own: writers.flatMap((plugin) => archive(plugin, nameOf(cluster))), read };
}

/** The plugin uses the name of the Cluster if none is given. */
function archive(plugin: Part, standard: string | undefined): Archive[] {
  const store = plugin.at("parameters", "barmanObjectName").text;
  const name = plugin.at("parameters", "serverName");
  const serverName = name.text ?? standard;
  if (store === undefined) return [];
  return [{ store, path: name.path, ...(serverName !== undefined && { serverName }) }];
}
