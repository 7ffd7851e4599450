import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const volumesResizable = resourceRule({
  name: "volumes-resizable",
  group: "storage",
  description: "A Cluster's volumes grow when their size is raised.",
  why: "With resizeInUseVolumes off each instance has to be recreated by hand.",
  remediation: "Remove spec.storage.resizeInUseVolumes and spec.walStorage.resizeInUseVolumes.",
  severity: "medium",
  level: "advisory",
  link: "https://cloudnative-pg.io/docs/1.30/storage#volume-expansion",
  types: [CLUSTER],
  *check(cluster) {
    for (const volume of ["storage", "walStorage"]) {
      const resize = specOf(cluster).at(volume, "resizeInUseVolumes");
      if (resize.flag !== false) continue;
      yield at(resize, "a larger size would have no effect", "Remove it");
    }
  },
});
