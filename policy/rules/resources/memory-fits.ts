import { parametersFitMemory } from "../../../components/rules/parameters-fit-memory";
import { parametersOf, placed, specOf } from "../../cluster";
import { resourceRule } from "../../rule";
import { sizeWithUnit } from "../../sizes";
import { CLUSTER } from "../../types";

export const memoryFits = resourceRule({
  name: "memory-fits",
  group: "resources",
  description: "shared_buffers, work_mem and max_connections fit the memory limit.",
  why: parametersFitMemory.why,
  remediation:
    "Lower spec.postgresql.parameters.shared_buffers, or raise spec.resources.limits.memory.",
  severity: "medium",
  level: "advisory",
  link: "https://cloudnative-pg.io/docs/1.30/resource_management",
  types: [CLUSTER],
  judge(cluster) {
    const memory = sizeWithUnit(specOf(cluster).at("resources", "limits", "memory").scalar);
    const declared = { resources: { memory }, parameters: parametersOf(cluster) };
    // The quarter of the memory is the component's default, and not the operator's.
    const found = parametersFitMemory.check(declared).map((violation) => ({
      ...violation,
      remedy: violation.remedy.replace(/^Remove it \(.*?\), use/, "Use"),
    }));
    return placed(found, {
      parameters: "spec.postgresql.parameters",
    });
  },
});
