import { isChart } from "../../resources/release";
import { at, stackRule } from "../../engine/rule";
import { CLUSTER, RELEASE } from "../../engine/types";

export const operatorFirst = stackRule({
  name: "operator-first",
  group: "operations",
  description: "The operator is installed and upgraded before its Clusters.",
  why: "Otherwise a Cluster may be created before the operator knows its fields, and deleted after the operator.",
  remediation: "Set the resource option dependsOn of the Cluster to the operator's Release.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pulumi.com/docs/iac/concepts/resources/options/dependson/",
  type: CLUSTER,
  *checkStack(stack) {
    const operators = stack.ofType(RELEASE).filter((one) => isChart(one, "cloudnative-pg"));
    for (const resource of stack.ofType(CLUSTER)) {
      const late = operators.find((operator) => !stack.isBefore(operator, resource));
      if (!late) continue;
      yield {
        resource,
        ...at(
          resource.object.at("metadata", "name"),
          `the Cluster does not depend on ${late.name}, which installs its operator`,
          "Add the Release to dependsOn",
        ),
      };
    }
  },
});
