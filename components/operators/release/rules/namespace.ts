import { rule } from "../../../contract/rule";
import type { OperatorArgs } from "../args";

/** Namespaces that every Kubernetes cluster has, and that `default` settings of all kinds end up in. */
export const BUILT_IN_NAMESPACES: readonly unknown[] = [
  "default",
  "kube-system",
  "kube-public",
  "kube-node-lease",
];

export const operatorNamespace = rule({
  name: "operator-namespace",
  why: "An operator that may read every Secret belongs into a namespace that nobody else has rights in.",
  *check({ install = true, namespace }: Pick<OperatorArgs, "install" | "namespace">) {
    if (!install || !BUILT_IN_NAMESPACES.includes(namespace)) return;
    yield {
      path: "namespace",
      value: namespace,
      reason:
        "it belongs to Kubernetes, so whoever has rights there gets those of the operator, and deleting the " +
        "stack would try to delete it",
      remedy: "Give the operator a namespace of its own, or leave this out",
    };
  },
});
