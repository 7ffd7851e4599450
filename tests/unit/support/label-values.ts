import { UNKNOWN, type Registration } from "./registrations";

const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/**
 * Every label of an object, or of an object within one such as a pod's template, that the API server refuses.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function invalidLabels(registered: Registration[]): string[] {
  return registered.flatMap(({ id, inputs }) =>
    labelsIn(inputs)
      .filter(([, value]) => value !== UNKNOWN && !VALUE.test(String(value)))
      .map(([key, value]) => `${id}: ${key}=${String(value)}`),
  );
}

function labelsIn(value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => [
    ...(/metadata$/i.test(key) ? entriesOf((part as { labels?: unknown } | null)?.labels) : []),
    ...(key === "matchLabels" ? entriesOf(part) : []),
    ...labelsIn(part),
  ]);
}

function entriesOf(labels: unknown): [string, unknown][] {
  return typeof labels === "object" && labels !== null ? Object.entries(labels) : [];
}
