import { at, resourceRule } from "../../rule";
import { STORAGE_CLASS } from "../../types";

export const storageClassRetain = resourceRule({
  name: "storage-class-retain",
  group: "storage",
  description: "A StorageClass keeps volumes whose claim is deleted.",
  why: "CloudNativePG deletes the claims with the Cluster, and volumes of the class Delete go with them.",
  remediation: "Set reclaimPolicy: Retain.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/storage/storage-classes/#reclaim-policy",
  types: [STORAGE_CLASS],
  *judge({ object }) {
    if (object.at("reclaimPolicy").text === "Retain") return;
    yield at(
      object.at("reclaimPolicy"),
      "a Cluster that is deleted by mistake takes its data along",
      "Set it to Retain",
    );
  },
});
