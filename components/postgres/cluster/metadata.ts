import type * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import type { CommonValues } from "./values-common";

/** The metadata of an object of a cluster. */
export function clusterMetadata(
  { clusterName, namespace, labels }: CommonValues,
  name: string,
  ownLabels: Record<string, string> = {},
): {
  name: string;
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

/** Undefined, and not false, where it is off: children inherit the protection of a component that has it. */
export function protection({ deletionProtection }: CommonValues): boolean | undefined {
  return deletionProtection ? true : undefined;
}
