import { recommendedLabels } from "../../kubernetes/labels";
import type { PoolerValues } from "./values";

type Named = Pick<PoolerValues, "poolerName" | "namespace" | "labels">;

/** The Secret with the login that applications use through a pooler, named as a cluster's own. */
export function poolerSecretName(poolerName: string): string {
  return `${poolerName}-app`;
}

/** The metadata of an object of a pooler, which has the pooler's name unless another is given. */
export function poolerMetadata(
  { poolerName, namespace, labels }: Named,
  annotations?: Record<string, string>,
  name: string = poolerName,
) {
  return {
    name,
    namespace,
    labels: { ...labels, ...recommendedLabels("pgbouncer", poolerName, "pooler") },
    ...(annotations && { annotations }),
  };
}
