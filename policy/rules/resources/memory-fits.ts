import { parametersFitMemory } from "../../../components/postgres/cluster/rules/parameters/fit-memory";
import { parametersOf, placedParameters, specOf } from "../../resources/cluster";
import { resourceRule } from "../../engine/rule";
import { sizeWithUnit } from "../../resources/sizes";
import { CLUSTER } from "../../engine/types";

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
  check(cluster) {
    const memory = sizeWithUnit(specOf(cluster).at("resources", "limits", "memory").scalar);
    const parameters = parametersOf(cluster);
    const buffers = parameters["shared_buffers"];
    const checked = {
      ...parameters,
      // A bare number counts pages of 8 kB, which PostgreSQL accepts and a component does not.
      ...(buffers !== undefined &&
        /^\d+$/.test(buffers) && { shared_buffers: `${Number(buffers) * 8}kB` }),
    };
    const found = parametersFitMemory.check({ resources: { memory }, parameters: checked });
    return placedParameters(
      cluster,
      found.map((violation) => ({
        ...violation,
        value: violation.path === "parameters.shared_buffers" ? buffers : violation.value,
        // The quarter of the memory is a default of the component, not of the operator.
        remedy: violation.remedy.replace(/^Remove it \(.*?\), use/, "Use"),
      })),
    );
  },
});
