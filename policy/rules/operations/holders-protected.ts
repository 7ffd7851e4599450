import { stackRule } from "../../engine/rule";
import { namespaceOf, nameOf } from "../../engine/stack";
import { CLUSTER, DEFINITION, NAMESPACE } from "../../engine/types";

/** Groups of whose kinds a protected Cluster and its archive are. */
const GROUPS = ["postgresql.cnpg.io", "barmancloud.cnpg.io"];

export const holdersProtected = stackRule({
  name: "holders-protected",
  group: "operations",
  description: "What holds a protected Cluster is protected as well.",
  why: "With a Namespace or a definition Kubernetes deletes all that is in it or of it, and does not ask Pulumi.",
  remediation:
    "Set the resource option protect: true of the Namespace, and of the CustomResourceDefinitions.",
  severity: "critical",
  level: "mandatory",
  link: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
  type: CLUSTER,
  *judgeStack(stack) {
    const clusters = stack.ofType(CLUSTER).filter(({ protect }) => protect);
    const open = stack.ofType(NAMESPACE, DEFINITION).filter(({ protect }) => !protect);
    for (const subject of open) {
      const name = nameOf(subject) ?? "";
      const held = clusters.find((cluster) =>
        subject.type === NAMESPACE
          ? namespaceOf(cluster) === name
          : GROUPS.some((group) => name.endsWith(`.${group}`)),
      );
      if (!held) continue;
      yield {
        subject,
        path: "protect",
        value: subject.protect,
        reason: `${held.name} is protected, and would be deleted together with it`,
        remedy: "Set the resource option protect: true",
      };
    }
  },
});
