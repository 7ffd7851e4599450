import { at, stackRule } from "../../engine/rule";
import { storageClassesOfDatabases } from "../../resources/storage-classes";
import { STORAGE_CLASS } from "../../engine/types";

export const storageClassRetain = stackRule({
  name: "storage-class-retain",
  group: "storage",
  description: "A Cluster's StorageClass keeps volumes whose claim is deleted.",
  why: "CloudNativePG deletes the claims with the Cluster, and the policy Delete also deletes their volumes.",
  remediation: "Set reclaimPolicy: Retain.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/storage/storage-classes/#reclaim-policy",
  type: STORAGE_CLASS,
  *checkStack(stack) {
    for (const resource of storageClassesOfDatabases(stack)) {
      const part = resource.object.at("reclaimPolicy");
      if (part.text === "Retain") continue;
      yield {
        resource,
        ...at(part, "a Cluster that is deleted by mistake loses its data", "Set it to Retain"),
      };
    }
  },
});
