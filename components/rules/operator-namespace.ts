import { z } from "zod";
import { maybe, rule } from "./rule";

/** Namespaces that every Kubernetes cluster has, and that `default` settings of all kinds end up in. */
export const BUILT_IN_NAMESPACES = ["default", "kube-system", "kube-public", "kube-node-lease"];

export const operatorNamespace = rule({
  name: "operator-namespace",
  why: "An operator that may read every Secret belongs into a namespace that nobody else has rights in.",
  subject: z.object({ install: maybe(z.boolean()), namespace: maybe(z.string()) }),
  judge: ({ install = true, namespace }) =>
    install && namespace !== undefined && BUILT_IN_NAMESPACES.includes(namespace)
      ? [
          {
            path: "namespace",
            value: namespace,
            reason:
              "it belongs to Kubernetes, so whoever has rights there gets those of the operator, and deleting the " +
              "stack would try to delete it",
            remedy: "Give the operator a namespace of its own, or leave this out",
          },
        ]
      : [],
});
