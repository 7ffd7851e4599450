import { recommendedLabels } from "../../kubernetes/labels";
import type { PoolerValues } from "./values";

/** The metadata of an object of a pooler. */
export function poolerMetadata(
  { poolerName, namespace, labels }: Pick<PoolerValues, "poolerName" | "namespace" | "labels">,
  annotations?: Record<string, string>,
) {
  return {
    name: poolerName,
    namespace,
    labels: { ...labels, ...recommendedLabels("pgbouncer", poolerName, "pooler") },
    ...(annotations && { annotations }),
  };
}
