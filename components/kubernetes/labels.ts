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
    "app.kubernetes.io/instance": instance,
    "app.kubernetes.io/component": component,
    "app.kubernetes.io/part-of": "ha-postgres",
    "app.kubernetes.io/managed-by": "pulumi",
  };
}
