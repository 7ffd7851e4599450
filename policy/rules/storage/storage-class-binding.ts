import { at, resourceRule } from "../../rule";
import { STORAGE_CLASS } from "../../types";

export const storageClassBinding = resourceRule({
  name: "storage-class-binding",
  group: "storage",
  description: "A volume is made where its pod is scheduled.",
  why: "One that is bound at once is made in any zone, and its instance can only ever run there.",
  remediation: "Set volumeBindingMode: WaitForFirstConsumer.",
  severity: "medium",
  level: "advisory",
  link: "https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode",
  types: [STORAGE_CLASS],
  *judge({ object }) {
    if (object.at("volumeBindingMode").text === "WaitForFirstConsumer") return;
    yield at(
      object.at("volumeBindingMode"),
      "volumes are made before anybody knows in which zone their pods can run",
      "Set it to WaitForFirstConsumer",
    );
  },
});
