/**
 * The variable with a Service's address, which Kubernetes sets in pods that begin after it in its namespace.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
 */
export function serviceVariable(service: string): string {
  return `${service.toUpperCase().replaceAll("-", "_")}_SERVICE_HOST`;
}
