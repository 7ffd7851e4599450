import type { Kubectl } from "../../kubectl.ts";
import { pause } from "../../wait.ts";

/** What has happened to an object. */
export type Change = "ADDED" | "MODIFIED" | "DELETED";

interface Event {
  type: Change | "BOOKMARK" | "ERROR";
  object: unknown;
}

const RECONNECT_MS = 500;

/**
 * Watches objects of the API server until the signal is aborted, those that are there first. Without the permission nothing is
 * seen: a watch only shows where the time goes.
 */
export async function watch(
  kubectl: Kubectl,
  path: string,
  signal: AbortSignal,
  onChange: (change: Change, object: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    const onLine = (line: string) => {
      const { type, object } = JSON.parse(line) as Event;
      if (type !== "BOOKMARK" && type !== "ERROR" && !signal.aborted) onChange(type, object);
    };
    const { error } = await kubectl(["get", `--raw=${path}`], { signal, onLine });
    if (/forbidden/i.test(error)) return;
    await pause(RECONNECT_MS, signal);
  }
}

/** The path of a watch on objects of a namespace. */
export function watchPath(
  group: string,
  resource: string,
  namespace: string,
  selector: Record<string, string>,
): string {
  const query = new URLSearchParams({ ...selector, watch: "1" });
  return `/${group}/namespaces/${namespace}/${resource}?${query.toString()}`;
}
