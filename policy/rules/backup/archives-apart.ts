import { archivesOf } from "../../resources/archives";
import { stackRule } from "../../engine/rule";
import type { Resource } from "../../engine/resource";
import { namespaceOf, nameOf, type Stack } from "../../engine/stack";
import { CLUSTER, OBJECT_STORE } from "../../engine/types";

export const archivesApart = stackRule({
  name: "archives-apart",
  group: "backup",
  description: "A Cluster does not archive into the folder of another Cluster or of its source.",
  why: "Two ObjectStores may name one bucket, and neither of two histories in one folder can be recovered.",
  remediation:
    "Set spec.plugins[].parameters.serverName to a name that no other Cluster archives under.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/",
  type: CLUSTER,
  *checkStack(stack) {
    const stores = destinations(stack);
    const folder = (cluster: Resource, archive: { store: string; serverName?: string }) => {
      const store = `${namespaceOf(cluster)}/${archive.store}`;
      return `${stores.get(store) ?? store}/${archive.serverName ?? ""}`;
    };
    const writers = new Map<string, string>();
    for (const resource of stack.ofType(CLUSTER)) {
      const { own, read } = archivesOf(resource);
      const sources = read.filter(({ store }) => own.every((target) => target.store !== store));
      const readFolders = sources.map((source) => folder(resource, source));
      for (const target of own) {
        const where = folder(resource, target);
        const other = writers.get(where);
        writers.set(where, resource.name);
        const found = { resource, path: target.path, value: target.serverName };
        const remedy = "Use a name that is new in this bucket";
        if (other !== undefined) {
          yield { ...found, reason: `${other} archives into the same folder, ${where}`, remedy };
        }
        if (readFolders.includes(where)) {
          yield {
            ...found,
            reason: `the Cluster is recovered from the same folder, ${where}`,
            remedy,
          };
        }
      }
    }
  },
});

/** The destination of each ObjectStore, by its namespace and name. */
function destinations(stack: Stack): Map<string, string> {
  return new Map(
    stack.ofType(OBJECT_STORE).flatMap((store) => {
      const path = store.object.at("spec", "configuration", "destinationPath").text;
      const key = `${namespaceOf(store)}/${nameOf(store) ?? ""}`;
      return path === undefined ? [] : [[key, path.replace(/\/+$/, "")] as const];
    }),
  );
}
