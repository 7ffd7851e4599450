import { archivesOf } from "../../resources/archives";
import { stackRule } from "../../engine/rule";
import type { Subject } from "../../engine/subject";
import { namespaceOf, nameOf, type Stack } from "../../engine/stack";
import { CLUSTER, OBJECT_STORE } from "../../engine/types";

export const archivesApart = stackRule({
  name: "archives-apart",
  group: "backup",
  description: "No Cluster archives into the folder of another, or of its own source.",
  why: "Two ObjectStores may name one bucket, and two histories in one folder can be recovered neither.",
  remediation:
    "Set spec.plugins[].parameters.serverName to a name that no other Cluster archives under.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/",
  type: CLUSTER,
  *judgeStack(stack) {
    const stores = destinations(stack);
    const folder = (cluster: Subject, archive: { store: string; serverName?: string }) => {
      const store = `${namespaceOf(cluster)}/${archive.store}`;
      return `${stores.get(store) ?? store}/${archive.serverName ?? ""}`;
    };
    const writers = new Map<string, string>();
    for (const subject of stack.ofType(CLUSTER)) {
      const { own, read } = archivesOf(subject);
      const sources = read.filter(({ store }) => own.every((target) => target.store !== store));
      const readFolders = sources.map((source) => folder(subject, source));
      for (const target of own) {
        const where = folder(subject, target);
        const other = writers.get(where);
        writers.set(where, subject.name);
        const found = { subject, path: target.path, value: target.serverName };
        const remedy = "Use a name that is new in this bucket";
        if (other !== undefined) {
          yield { ...found, reason: `${other} archives into the same folder, ${where}`, remedy };
        }
        if (readFolders.includes(where)) {
          yield { ...found, reason: `it is recovered from the same folder, ${where}`, remedy };
        }
      }
    }
  },
});

/** Where each ObjectStore writes, by its namespace and name. */
function destinations(stack: Stack): Map<string, string> {
  return new Map(
    stack.ofType(OBJECT_STORE).flatMap((store) => {
      const path = store.object.at("spec", "configuration", "destinationPath").text;
      const key = `${namespaceOf(store)}/${nameOf(store) ?? ""}`;
      return path === undefined ? [] : [[key, path.replace(/\/+$/, "")] as const];
    }),
  );
}
