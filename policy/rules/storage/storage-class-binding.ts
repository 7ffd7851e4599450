import { at, stackRule } from "../../engine/rule";
import { storageClassesOfDatabases } from "../../resources/storage-classes";
import { STORAGE_CLASS } from "../../engine/types";

export const storageClassBinding = stackRule({
  name: "storage-class-binding",
  group: "storage",
  description: "A Cluster's volume is made where its pod is scheduled.",
  why: "One that is bound at once is made in any zone, and its instance can only ever run there.",
  remediation: "Set volumeBindingMode: WaitForFirstConsumer.",
  severity: "medium",
  level: "advisory",
  link: "https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode",
  type: STORAGE_CLASS,
  *judgeStack(stack) {
    for (const subject of storageClassesOfDatabases(stack)) {
      const part = subject.object.at("volumeBindingMode");
      if (part.text === "WaitForFirstConsumer") continue;
      yield {
        subject,
        ...at(
          part,
          "volumes are made before anybody knows in which zone their pods can run",
          "Set it to WaitForFirstConsumer",
        ),
      };
    }
  },
});
