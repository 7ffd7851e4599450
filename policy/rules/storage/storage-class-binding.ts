import { at, stackRule } from "../../engine/rule";
import { storageClassesOfDatabases } from "../../resources/storage-classes";
import { STORAGE_CLASS } from "../../engine/types";

export const storageClassBinding = stackRule({
  name: "storage-class-binding",
  group: "storage",
  description: "A Cluster's volume is created where its pod is scheduled.",
  why: "A volume that is bound immediately is created in any zone, and its instance can run only there.",
  remediation: "Set volumeBindingMode: WaitForFirstConsumer.",
  severity: "medium",
  level: "advisory",
  link: "https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode",
  type: STORAGE_CLASS,
  *checkStack(stack) {
    for (const resource of storageClassesOfDatabases(stack)) {
      const part = resource.object.at("volumeBindingMode");
      if (part.text === "WaitForFirstConsumer") continue;
      yield {
        resource,
        ...at(
          part,
          "volumes are created before the zone of their pods is known",
          "Set it to WaitForFirstConsumer",
        ),
      };
    }
  },
});
