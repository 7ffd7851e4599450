/**
 * Returns an argument or a variable of a container as the kubelet gives it to the process.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function asKubernetesReads(text: string, variables: Record<string, string> = {}): string {
  return text.replaceAll(/\$\$|\$\(([^)]*)\)/g, (found, name?: string) =>
    name === undefined ? "$" : (variables[name] ?? found),
  );
}
