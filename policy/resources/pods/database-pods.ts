import { specOf } from "../cluster";
import type { Subject } from "../../engine/subject";
import { instanceLabels, nameOf, namespaceOf, poolerLabels, type Stack } from "../../engine/stack";
import { CLUSTER, POOLER } from "../../engine/types";

/** Pods that clients log in to, by all labels that a Service or a NetworkPolicy may find them by. */
export interface DatabasePods {
  namespace: string;
  labels: Readonly<Record<string, string>>;
}

/** The instances of the clusters of a stack, and its poolers. */
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
 * The pods of a cluster: of its primary, and of its replicas.
 *
 * @see https://cloudnative-pg.io/docs/1.30/labels_annotations#predefined-labels
 */
export function instancePods(cluster: Subject): DatabasePods[] {
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
