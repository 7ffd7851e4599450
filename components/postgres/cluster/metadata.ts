import type * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import type { CommonValues } from "./values-common";

/** The metadata of an object of a cluster. */
export function clusterMetadata<Name extends pulumi.Input<string>>(
  { clusterName, namespace, labels }: CommonValues,
  name: Name,
  ownLabels: Record<string, string> = {},
): {
  name: Name;
  namespace: pulumi.Input<string>;
  labels: Record<string, string>;
} {
  return {
    name,
    namespace,
    labels: {
      ...labels,
      ...recommendedLabels("postgresql", clusterName, "database"),
      ...ownLabels,
    },
  };
}

/**
 * The protection of a resource. Undefined, not false, if it is off, so that children inherit the protection of their
 * component.
 */
export function protection({ deletionProtection }: CommonValues): boolean | undefined {
  return deletionProtection ? true : undefined;
}
