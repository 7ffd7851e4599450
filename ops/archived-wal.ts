import { setTimeout as sleep } from "node:timers/promises";
import { archiveOf } from "./archives.ts";
import { askPod } from "./drill/ask.ts";
import { showDuration } from "./drill/duration.ts";
import { CLUSTERS, type Cluster } from "./drill/objects.ts";
import { END_FILE, unarchived, writtenWal } from "./drill/wal.ts";
import { kubectlJson, kubectlOf } from "./kubectl.ts";
import type { Target } from "./target.ts";

/** A cluster, by its name. */
interface Named {
  name: string;
  namespace: string;
}

const pauseMs = 1000;

/**
 * Has the primary end its WAL file and waits until that is archived: all that was committed before can be restored then.
 *
 * @throws Error with the reason when the primary does not answer, or the file is not archived in time.
 */
export async function archiveWal(
  target: Target,
  cluster: Named,
  timeoutSeconds: number,
): Promise<void> {
  const begun = Date.now();
  const lsn = await endWalFile(target, cluster);
  for (;;) {
    const wal = await writtenWal(kubectlOf(target), await declared(target, cluster));
    if (wal && unarchived(lsn, wal) === undefined) return;
    const seconds = (Date.now() - begun) / 1000;
    if (seconds > timeoutSeconds) {
      const reason = (await archiveOf(target, cluster))?.reason;
      const waiting = wal?.waiting.join(", ") ?? "";
      const state = wal
        ? `${waiting} waits to be archived`
        : "the primary does not answer any more";
      throw new Error(
        `after ${showDuration(seconds)} ${[state, reason].filter(Boolean).join(": ")}`,
      );
    }
    await sleep(pauseMs);
  }
}

/** Has the primary end its WAL file, and returns how far that goes. @throws Error with the reason when it cannot. */
export async function endWalFile(target: Target, cluster: Named): Promise<string> {
  const answer = await askPrimary(target, cluster, END_FILE);
  if ("error" in answer) throw new Error(`the primary does not end its WAL file: ${answer.error}`);
  return answer.rows[0]?.[0] ?? "";
}

/** Whether a cluster follows another one, whose primary ends the WAL files for both. */
export async function isFollowing(target: Target, cluster: Named): Promise<boolean> {
  const answer = await askPrimary(target, cluster, "SELECT pg_is_in_recovery()");
  if ("error" in answer) throw new Error(`the primary does not answer: ${answer.error}`);
  return answer.rows[0]?.[0] === "t";
}

async function askPrimary(target: Target, cluster: Named, sql: string) {
  const { status, metadata } = await declared(target, cluster);
  const place = { namespace: metadata.namespace, pod: status?.currentPrimary ?? "" };
  return askPod(kubectlOf(target), place, { search_path: "pg_catalog" })("postgres", sql);
}

function declared(target: Target, { name, namespace }: Named): Promise<Cluster> {
  return kubectlJson<Cluster>(target, "get", CLUSTERS, name, `--namespace=${namespace}`);
}
