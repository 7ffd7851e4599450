import { at, stackRule } from "../../engine/rule";
import { storageClassesOfDatabases } from "../../resources/storage-classes";
import { STORAGE_CLASS } from "../../engine/types";

export const storageClassRetain = stackRule({
  name: "storage-class-retain",
  group: "storage",
  description: "A StorageClass of a Cluster's keeps volumes whose claim is deleted.",
  why: "CloudNativePG deletes the claims with the Cluster, and volumes of the class Delete go with them.",
  remediation: "Set reclaimPolicy: Retain.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/storage/storage-classes/#reclaim-policy",
  type: STORAGE_CLASS,
  *judgeStack(stack) {
    for (const subject of storageClassesOfDatabases(stack)) {
      const part = subject.object.at("reclaimPolicy");
      if (part.text === "Retain") continue;
      yield {
        subject,
        ...at(
          part,
          "a Cluster that is deleted by mistake takes its data along",
          "Set it to Retain",
        ),
      };
    }
  },
});
