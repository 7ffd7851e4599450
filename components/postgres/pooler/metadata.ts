import { recommendedLabels } from "../../kubernetes/labels";
import type { PoolerValues } from "./values";

export { poolerSecretName } from "../../formats/owner-secrets";

type Named = Pick<PoolerValues, "poolerName" | "namespace" | "labels">;

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
