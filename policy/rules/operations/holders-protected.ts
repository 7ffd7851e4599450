import { stackRule } from "../../engine/rule";
import { namespaceOf, nameOf } from "../../engine/stack";
import { CLUSTER, DEFINITION, NAMESPACE } from "../../engine/types";

/** API groups of a Cluster and of its archive. */
const GROUPS = ["postgresql.cnpg.io", "barmancloud.cnpg.io"];

export const holdersProtected = stackRule({
  name: "holders-protected",
  group: "operations",
  description: "The Namespace and the definitions of a protected Cluster are protected too.",
  why: "When a Namespace or a definition is deleted, Kubernetes deletes all its objects without asking Pulumi.",
  remediation:
    "Set the resource option protect: true of the Namespace, and of the CustomResourceDefinitions.",
  severity: "critical",
  level: "mandatory",
  link: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
  type: CLUSTER,
  *checkStack(stack) {
    const clusters = stack.ofType(CLUSTER).filter(({ protect }) => protect);
    const open = stack.ofType(NAMESPACE, DEFINITION).filter(({ protect }) => !protect);
    for (const resource of open) {
      const name = nameOf(resource) ?? "";
      const held = clusters.find((cluster) =>
        resource.type === NAMESPACE
          ? namespaceOf(cluster) === name
          : GROUPS.some((group) => name.endsWith(`.${group}`)),
      );
      if (!held) continue;
      yield {
        resource,
        path: "protect",
        value: resource.protect,
        reason: `${held.name} is protected, but would be deleted with this resource`,
        remedy: "Set the resource option protect: true",
      };
    }
  },
});
