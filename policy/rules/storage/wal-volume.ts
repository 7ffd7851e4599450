import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const walVolume = resourceRule({
  name: "wal-volume",
  group: "storage",
  description: "A Cluster keeps its WAL on a volume of its own.",
  why: "WAL that nobody archives fills the volume, and on the data's volume it stops the database for good.",
  remediation: "Set spec.walStorage: { size, storageClass }.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/storage#volume-for-wal",
  types: [CLUSTER],
  *judge(cluster) {
    const volume = specOf(cluster).at("walStorage");
    if (volume.entries.length > 0) return;
    yield at(
      volume,
      "WAL and data share a volume, and whichever fills it stops both",
      "Set it to { size, storageClass }",
    );
  },
});
