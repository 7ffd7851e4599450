import { at, resourceRule } from "../../rule";
import { STORAGE_CLASS } from "../../types";

export const storageClassExpansion = resourceRule({
  name: "storage-class-expansion",
  group: "storage",
  description: "A StorageClass lets volumes grow.",
  why: "A full volume that cannot grow means a new Cluster and a restore.",
  remediation: "Set allowVolumeExpansion: true.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/storage/storage-classes/#allow-volume-expansion",
  types: [STORAGE_CLASS],
  *judge({ object }) {
    if (object.at("allowVolumeExpansion").flag === true) return;
    yield at(
      object.at("allowVolumeExpansion"),
      "a full volume could not be made larger",
      "Set it to true",
    );
  },
  remediate(properties) {
    properties["allowVolumeExpansion"] = true;
  },
});
