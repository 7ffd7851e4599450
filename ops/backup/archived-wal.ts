import { askPod, type Rows } from "../published/ask.ts";
import { showDuration } from "../published/duration.ts";
import { getJson, type Kubectl } from "../published/kubectl.ts";
import { CLUSTERS, type Cluster } from "../published/objects.ts";
import { pause } from "../published/wait.ts";
import { END_FILE, unarchived, writtenWal } from "../published/wal.ts";

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
  kubectl: Kubectl,
  cluster: Named,
  timeoutSeconds: number,
  storeError: () => Promise<string | undefined>,
): Promise<void> {
  const begun = Date.now();
  const lsn = await endWalFile(kubectl, cluster);
  for (;;) {
    const found = await declared(kubectl, cluster);
    const wal = found && (await writtenWal(kubectl, found));
    if (wal && unarchived(lsn, wal) === undefined) return;
    const seconds = (Date.now() - begun) / 1000;
    if (seconds > timeoutSeconds) {
      const state = wal
        ? `the WAL up to ${lsn} is not archived`
        : "the primary does not answer any more";
      const reason = await storeError();
      const because = reason === undefined ? "" : `: ${reason}`;
      throw new Error(`after ${showDuration(seconds)} ${state}${because}`);
    }
    await pause(pauseMs, new AbortController().signal);
  }
}

/** Has the primary end its WAL file, and returns how far that goes. @throws Error with the reason when it cannot. */
export async function endWalFile(kubectl: Kubectl, cluster: Named): Promise<string> {
  const answer = await askPrimary(kubectl, cluster, END_FILE);
  if ("error" in answer) throw new Error(`the primary does not end its WAL file: ${answer.error}`);
  return answer.rows[0]?.[0] ?? "";
}

/** Whether a cluster follows another one, whose primary ends the WAL files for both. @throws Error when it does not answer. */
export async function isFollowing(kubectl: Kubectl, cluster: Named): Promise<boolean> {
  const answer = await askPrimary(kubectl, cluster, "SELECT pg_is_in_recovery()");
  if ("error" in answer) throw new Error(`the primary does not answer: ${answer.error}`);
  return answer.rows[0]?.[0] === "t";
}

async function askPrimary(kubectl: Kubectl, cluster: Named, sql: string): Promise<Rows> {
  const { status } = (await declared(kubectl, cluster)) ?? {};
  const pod = status?.currentPrimary ?? "";
  if (pod === "") return { error: "there is none" };
  const { namespace } = cluster;
  return askPod(kubectl, { namespace, pod }, { search_path: "pg_catalog" })("postgres", sql);
}

function declared(kubectl: Kubectl, { name, namespace }: Named): Promise<Cluster | undefined> {
  return getJson<Cluster>(kubectl, CLUSTERS, name, `--namespace=${namespace}`);
}
