import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const walVolume = resourceRule({
  name: "wal-volume",
  group: "storage",
  description: "A Cluster keeps its WAL on a separate volume.",
  why: "WAL that is not archived fills its volume, and on the data volume it stops the database permanently.",
  remediation: "Set spec.walStorage: { size, storageClass }.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/storage#volume-for-wal",
  types: [CLUSTER],
  *check(cluster) {
    const volume = specOf(cluster).at("walStorage");
    if (volume.entries.length > 0) return;
    yield at(
      volume,
      "WAL and data share a volume, and if either fills it both stop",
      "Set it to { size, storageClass }",
    );
  },
});
