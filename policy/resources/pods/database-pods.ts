import { specOf } from "../cluster";
import type { Resource } from "../../engine/resource";
import { instanceLabels, nameOf, namespaceOf, poolerLabels, type Stack } from "../../engine/stack";
import { CLUSTER, POOLER } from "../../engine/types";

/** Pods that clients log in to, with all labels by which a Service or a NetworkPolicy may select them. */
export interface DatabasePods {
  namespace: string;
  labels: Readonly<Record<string, string>>;
}

/** The pods of a stack's clusters and poolers. */
export function databasePods(stack: Stack): DatabasePods[] {
  return [
    ...stack.ofType(CLUSTER).flatMap(instancePods),
    ...stack.ofType(POOLER).map((pooler): DatabasePods => ({
      namespace: namespaceOf(pooler),
      labels: {
        ...specOf(pooler).at("template", "metadata", "labels").texts,
        ...recommended("pgbouncer", nameOf(pooler) ?? "", "pooler"),
        "cnpg.io/cluster": specOf(pooler).at("cluster", "name").text ?? "",
        ...poolerLabels(nameOf(pooler) ?? ""),
      },
    })),
  ];
}

/**
 * The pods of a cluster: one for its primary, and one for its replicas.
 *
 * @see https://cloudnative-pg.io/docs/1.30/labels_annotations#predefined-labels
 */
export function instancePods(cluster: Resource): DatabasePods[] {
  const name = nameOf(cluster) ?? "";
  const inherited = specOf(cluster).at("inheritedMetadata", "labels").texts;
  return ["primary", "replica"].map((role) => ({
    namespace: namespaceOf(cluster),
    labels: {
      ...inherited,
      ...recommended("postgresql", name, "database"),
      "cnpg.io/instanceName": `${name}-1`,
      "cnpg.io/instanceRole": role,
      role,
      ...instanceLabels(name),
    },
  }));
}

function recommended(name: string, instance: string, component: string): Record<string, string> {
  return {
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/instance": instance,
    "app.kubernetes.io/component": component,
    "app.kubernetes.io/managed-by": "cloudnative-pg",
  };
}
