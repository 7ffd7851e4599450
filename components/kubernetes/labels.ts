import { createHash } from "node:crypto";

/**
 * The recommended labels, the same on every object of a component, so that `kubectl get all -l` finds them together.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function recommendedLabels(
  name: string,
  instance: string,
  component: string,
): Record<string, string> {
  return {
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/instance": labelValue(instance),
    "app.kubernetes.io/component": component,
    "app.kubernetes.io/part-of": "ha-postgres",
    "app.kubernetes.io/managed-by": "pulumi",
  };
}

const MOST = 63;
const HASH = 8;

/**
 * Returns a name as the value of a label, which the API server refuses with a slash or beyond 63 characters, although names
 * of objects may have 253 and those of components anything. Such a name becomes its beginning and a hash.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function labelValue(name: string): string {
  if (name.length <= MOST && /^([A-Za-z0-9]([-\w.]*[A-Za-z0-9])?)?$/.test(name)) return name;
  const beginning = name
    .replace(/[^-\w.]/g, "-")
    .replace(/^[^A-Za-z0-9]+/, "")
    .slice(0, MOST - HASH - 1)
    .replace(/[^A-Za-z0-9]+$/, "");
  const hash = createHash("sha256").update(name).digest("hex").slice(0, HASH);
  return beginning === "" ? hash : `${beginning}-${hash}`;
}
