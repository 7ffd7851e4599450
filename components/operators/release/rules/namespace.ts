import { rule } from "../../../contract/rule";
import type { OperatorArgs } from "../args";

/** Namespaces that every Kubernetes cluster has. */
export const BUILT_IN_NAMESPACES: readonly unknown[] = [
  "default",
  "kube-system",
  "kube-public",
  "kube-node-lease",
];

export const operatorNamespace = rule({
  name: "operator-namespace",
  why: "An operator that may read every Secret belongs in a namespace where no other user has rights.",
  *check({ install = true, namespace }: Pick<OperatorArgs, "install" | "namespace">) {
    if (!install || !BUILT_IN_NAMESPACES.includes(namespace)) return;
    yield {
      path: "namespace",
      value: namespace,
      reason:
        "belongs to Kubernetes: anyone with rights there gets those of the operator, and deleting the " +
        "stack would try to delete it",
      remedy: "Give the operator a separate namespace, or remove this",
    };
  },
});
