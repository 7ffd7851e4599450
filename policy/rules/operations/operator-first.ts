import { isChart } from "../../resources/release";
import { at, stackRule } from "../../engine/rule";
import { CLUSTER, RELEASE } from "../../engine/types";

export const operatorFirst = stackRule({
  name: "operator-first",
  group: "operations",
  description: "The operator is there, and upgraded, before its Clusters.",
  why: "Otherwise a Cluster asks an operator that does not know it yet, and is destroyed after the one that could.",
  remediation: "Set the resource option dependsOn of the Cluster to the operator's Release.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pulumi.com/docs/iac/concepts/resources/options/dependson/",
  type: CLUSTER,
  *judgeStack(stack) {
    const operators = stack.ofType(RELEASE).filter((one) => isChart(one, "cloudnative-pg"));
    for (const subject of stack.ofType(CLUSTER)) {
      const late = operators.find((operator) => !stack.isBefore(operator, subject));
      if (!late) continue;
      yield {
        subject,
        ...at(
          subject.object.at("metadata", "name"),
          `nothing says that ${late.name} comes first, which installs its operator`,
          "Add the Release to dependsOn",
        ),
      };
    }
  },
});
