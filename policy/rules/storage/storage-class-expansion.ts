import { at, stackRule } from "../../engine/rule";
import { storageClassesOfDatabases } from "../../resources/storage-classes";
import { STORAGE_CLASS } from "../../engine/types";

export const storageClassExpansion = stackRule({
  name: "storage-class-expansion",
  group: "storage",
  description: "A Cluster's StorageClass allows volumes to grow.",
  why: "A full volume that cannot grow means a new Cluster and a restore.",
  remediation: "Set allowVolumeExpansion: true.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/storage/storage-classes/#allow-volume-expansion",
  type: STORAGE_CLASS,
  *checkStack(stack) {
    for (const resource of storageClassesOfDatabases(stack)) {
      const part = resource.object.at("allowVolumeExpansion");
      if (part.flag === true) continue;
      yield { resource, ...at(part, "a full volume could not be enlarged", "Set it to true") };
    }
  },
});
