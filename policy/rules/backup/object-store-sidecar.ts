import { parseQuantity } from "../../../components/formats/quantity";
import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { text } from "../../engine/settings";
import { OBJECT_STORE } from "../../engine/types";

export const objectStoreSidecar = resourceRule({
  name: "object-store-sidecar",
  group: "backup",
  description: "The archiving sidecar has requests, limits and enough memory.",
  why: "With too little it is killed repeatedly while the Cluster stays Ready, and nothing is archived.",
  remediation:
    "Set spec.instanceSidecarConfiguration.resources with requests and limits, memory 512Mi.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/misc/",
  types: [OBJECT_STORE],
  settings: { leastMemory: text("256Mi", "The minimum memory limit") },
  *check(store, { leastMemory }) {
    const resources = specOf(store).at("instanceSidecarConfiguration", "resources");
    const missing = ["requests", "limits"].flatMap((kind) =>
      ["cpu", "memory"].map((name) => resources.at(kind, name)).filter((part) => !part.isSet),
    );
    for (const part of missing) {
      yield at(part, "must be set, or the sidecar may not get enough to archive", "Set it");
    }
    const memory = resources.at("limits", "memory");
    const bytes = parseQuantity(memory.scalar ?? "");
    if (!memory.isSet || (bytes ?? 0) >= (parseQuantity(leastMemory) ?? 0)) return;
    yield at(
      memory,
      "is too little: the sidecar would be killed during a backup",
      `Set it to ${leastMemory} or more`,
    );
  },
});
