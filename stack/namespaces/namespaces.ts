import type * as k8s from "@pulumi/kubernetes";
import { recommendedLabels } from "../../components/kubernetes/labels";
import { chaosAnnotations } from "../chaos";
import { databasesOf, namespaceOf } from "../declared";
import type { StackConfig } from "../schema";

/** Returns the name of the resource of a namespace. The stack's own is called the same whatever its name is. */
export function namespaceResource({ namespace }: StackConfig, name: string): string {
  return name === namespace ? "databases" : `databases-${name}`;
}

/** Returns the arguments of a namespace that the program creates. */
export function namespaceArgs(stack: StackConfig, name: string): k8s.core.v1.NamespaceArgs {
  const { labels, annotations } = stack.namespaces[name] ?? {};
  const ofChaos = chaosAnnotations(stack, name);
  return {
    metadata: {
      name,
      ...((annotations ?? ofChaos) && { annotations: { ...annotations, ...ofChaos } }),
      labels: {
        ...recommendedLabels("databases", name, "namespace"),
        "pod-security.kubernetes.io/enforce": "restricted",
        ...labels,
      },
    },
  };
}

/** Returns undefined, not false, if no database in the namespace is protected, as in the components. */
export function protectsNamespace(stack: StackConfig, namespace: string): true | undefined {
  const isProtected = databasesOf(stack).some(
    (declared) =>
      namespaceOf(stack, declared) === namespace && declared.config.deletionProtection === true,
  );
  return isProtected ? true : undefined;
}
