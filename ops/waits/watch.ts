import { setTimeout as sleep } from "node:timers/promises";
import { kubectl, kubectlJson } from "../kubectl.ts";
import type { Target } from "../target.ts";
import { isTerminal } from "../engine/terminal.ts";
import { hasFailed, withError } from "./creation.ts";
import { obstaclesIn, type Observed } from "./obstacles.ts";
import { below } from "./below.ts";
import { OPERANDS } from "./operands.ts";
import { Patience } from "./patience.ts";

const PAUSE_MS = 10_000;

/**
 * Runs work that waits for Kubernetes, and reports meanwhile why it waits: the scheduler's message about a pod, and the
 * argument that changes it.
 *
 * @param namespaces - the namespaces with pending operations.
 */
export async function reportWaits<T>(
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
  // The lines below the engine's display have been cleared with it.
  if (isTerminal()) for (const line of last) process.stderr.write(`${line}\n`);
}

async function observedIn(target: Target, namespace: string): Promise<Observed[]> {
  const [objects, operands] = await Promise.all([
    listed(target, namespace, "pods,persistentvolumeclaims,events"),
    // Apart: as long as the operator is not there, nobody knows these kinds.
    listed(target, namespace, OPERANDS),
  ]);
  const known = await Promise.all(
    objects.map(async (one) => (hasFailed(one) ? withError(one, await logOf(target, one)) : one)),
  );
  return [...known, ...operands];
}

async function listed(target: Target, namespace: string, kinds: string): Promise<Observed[]> {
  const { items } = await kubectlJson<{ items: Observed[] }>(
    target,
    ...["get", kinds, `--namespace=${namespace}`, "--request-timeout=20s"],
    // Without access or without an answer nothing is reported here: the engine reports that itself.
  ).catch(() => ({ items: [] }));
  return items;
}

async function logOf(target: Target, { metadata }: Observed): Promise<string> {
  const { name, namespace = "" } = metadata;
  return kubectl(
    target,
    ...["logs", name, `--namespace=${namespace}`, "--tail=50", "--request-timeout=20s"],
  ).catch(() => "");
}
