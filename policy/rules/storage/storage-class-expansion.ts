import { at, stackRule } from "../../engine/rule";
import { storageClassesOfDatabases } from "../../resources/storage-classes";
import { STORAGE_CLASS } from "../../engine/types";

export const storageClassExpansion = stackRule({
  name: "storage-class-expansion",
  group: "storage",
  description: "A StorageClass of a Cluster's lets volumes grow.",
  why: "A full volume that cannot grow means a new Cluster and a restore.",
  remediation: "Set allowVolumeExpansion: true.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/storage/storage-classes/#allow-volume-expansion",
  type: STORAGE_CLASS,
  *judgeStack(stack) {
    for (const subject of storageClassesOfDatabases(stack)) {
      const part = subject.object.at("allowVolumeExpansion");
      if (part.flag === true) continue;
      yield { subject, ...at(part, "a full volume could not be made larger", "Set it to true") };
    }
  },
});
