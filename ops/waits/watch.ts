import { setTimeout as sleep } from "node:timers/promises";
import { kubectlJson } from "../kubectl.ts";
import type { Target } from "../target.ts";
import { isTerminal } from "../engine/terminal.ts";
import { obstaclesIn, type Observed } from "./obstacles.ts";
import { below } from "./below.ts";
import { Patience } from "./patience.ts";

const PAUSE_MS = 10_000;

/**
 * Does some work that waits for Kubernetes, and tells meanwhile why it waits: what the scheduler says of a pod, and the
 * argument that changes it.
 *
 * @param namespaces - where something is waited for at the moment.
 */
export async function tellingWaits<T>(
  target: Target,
  namespaces: () => Promise<readonly string[]>,
  work: () => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const watching = watch(target, namespaces, end.signal);
  try {
    return await work();
  } finally {
    end.abort();
    await watching;
  }
}

async function watch(
  target: Target,
  namespaces: () => Promise<readonly string[]>,
  signal: AbortSignal,
): Promise<void> {
  const patience = new Patience();
  let last: string[] = [];
  const isOver = () =>
    sleep(PAUSE_MS, undefined, { signal }).then(
      () => false,
      () => true,
    );
  while (!(await isOver())) {
    const now = new Date();
    const observed = await Promise.all(
      (await namespaces()).map((namespace) => observedIn(target, namespace)),
    );
    const obstacles = observed.flatMap((all) => obstaclesIn(all, now));
    const { lasting, fresh } = patience.take(obstacles, now.getTime());
    last = lasting;
    if (isTerminal()) process.stdout.write(below(lasting, process.stdout));
    else for (const line of fresh) process.stderr.write(`${line}\n`);
  }
  // What stood below the engine's display is gone with it.
  if (isTerminal()) for (const line of last) process.stderr.write(`${line}\n`);
}

async function observedIn(target: Target, namespace: string): Promise<Observed[]> {
  const { items } = await kubectlJson<{ items: Observed[] }>(
    target,
    ...["get", "pods,persistentvolumeclaims,events", `--namespace=${namespace}`],
    "--request-timeout=20s",
    // Whoever may not look, or whom nobody answers, hears nothing of it here: the engine has its own words for that.
  ).catch(() => ({ items: [] }));
  return items;
}
