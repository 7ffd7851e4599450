import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const clusterStorageClass = resourceRule({
  name: "cluster-storage-class",
  group: "storage",
  description: "A Cluster names the StorageClass of its volumes.",
  why: "The default class of a Kubernetes cluster may change at any time, and usually deletes volumes.",
  remediation: "Set spec.storage.storageClass and spec.walStorage.storageClass.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/storage",
  types: [CLUSTER],
  *check(cluster) {
    const spec = specOf(cluster);
    const volumes = [
      spec.at("storage"),
      ...(spec.at("walStorage").isSet ? [spec.at("walStorage")] : []),
      ...spec.at("tablespaces").items.map((tablespace) => tablespace.at("storage")),
    ];
    for (const volume of volumes) {
      const named = volume.at("storageClass");
      const template = volume.at("pvcTemplate", "storageClassName");
      if ((named.text ?? template.text ?? "") !== "") continue;
      yield at(
        named,
        "the default class decides how fast the volume is and whether it outlives the Cluster",
        "Set it to the name of a StorageClass",
      );
    }
  },
});
