import { getJson, type Kubectl } from "../../kubectl.ts";
import type { Pod } from "../../objects.ts";
import { pause } from "../../wait.ts";
import { WriterLog } from "./acknowledgements.ts";
import type { Writer } from "./writer.ts";

/** A writer at work. */
export interface Client {
  writer: Writer;
  pod: string;
  log: WriterLog;
}

const RECONNECT_MS = 500;

/** Follows the logs of all clients until the signal is aborted. What a broken connection has missed is read again. */
export async function follow(
  kubectl: Kubectl,
  namespace: string,
  clients: readonly Client[],
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(
    clients.map(async ({ pod, log }) => {
      while (!signal.aborted) {
        await kubectl(["logs", pod, `--namespace=${namespace}`, "--follow"], {
          signal,
          onLine: (line) => {
            log.take(line, Date.now());
          },
        });
        await pause(RECONNECT_MS, signal);
      }
    }),
  );
}

/** Reads the whole log of a client once more. */
export async function readAll(
  kubectl: Kubectl,
  namespace: string,
  { pod, log }: Client,
): Promise<void> {
  const { ok, output } = await kubectl(["logs", pod, `--namespace=${namespace}`]);
  if (ok) for (const line of output.split("\n")) log.take(line);
}

/** Rows before the fault, so that a writer is known to work and its clock is known. */
const FEW_ROWS = 10;

/** Those that have not written a few rows. */
export function waitingIn(clients: readonly Client[]): Client[] {
  return clients.filter(({ log }) => log.acknowledged().length < FEW_ROWS);
}

/** Why a writer does not write: what PostgreSQL or libpq has told it, or what its pod waits for. */
export async function obstacleOf(
  kubectl: Kubectl,
  namespace: string,
  { pod, log }: Client,
): Promise<string> {
  if (log.lastError !== undefined) return log.lastError;
  const found = await getJson<Pod>(kubectl, "pod", pod, `--namespace=${namespace}`);
  const { conditions, containerStatuses } = found?.status ?? {};
  const unscheduled = conditions?.find(
    ({ type, status }) => type === "PodScheduled" && status === "False",
  );
  const waiting = containerStatuses?.[0]?.state?.waiting;
  return (
    unscheduled?.message ?? waiting?.message ?? waiting?.reason ?? "its pod has not written a row"
  );
}
