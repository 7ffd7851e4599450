import { askPod, type Rows } from "../published/ask.ts";
import { showDuration } from "../published/duration.ts";
import { getJson, type Kubectl } from "../published/kubectl.ts";
import { CLUSTERS, type Cluster } from "../published/objects.ts";
import { pause } from "../published/wait.ts";
import { END_FILE, unarchived, writtenWal } from "../published/wal.ts";

/** Name of a cluster. */
interface Named {
  name: string;
  namespace: string;
}

const pauseMs = 1000;

/**
 * Makes the primary end its WAL file and waits until that is archived: everything committed before can then be
 * restored.
 *
 * @throws Error with the reason if the primary does not answer, or if the file is not archived in time.
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
    const found = await readCluster(kubectl, cluster);
    const wal = found && (await writtenWal(kubectl, found));
    if (wal && unarchived(lsn, wal) === undefined) return;
    const seconds = (Date.now() - begun) / 1000;
    if (seconds > timeoutSeconds) {
      const state = wal ? `the WAL up to ${lsn} is not archived` : "the primary no longer answers";
      const reason = await storeError();
      const because = reason === undefined ? "" : `: ${reason}`;
      throw new Error(`after ${showDuration(seconds)} ${state}${because}`);
    }
    await pause(pauseMs, new AbortController().signal);
  }
}

/**
 * Makes the primary end its WAL file, and returns its end position.
 *
 * @throws Error with the reason if it cannot.
 */
export async function endWalFile(kubectl: Kubectl, cluster: Named): Promise<string> {
  const answer = await askPrimary(kubectl, cluster, END_FILE);
  if ("error" in answer) throw new Error(`the primary could not end its WAL file: ${answer.error}`);
  return answer.rows[0]?.[0] ?? "";
}

/**
 * Whether a cluster follows another one, whose primary ends the WAL files for both.
 *
 * @throws Error if it does not answer.
 */
export async function isFollowing(kubectl: Kubectl, cluster: Named): Promise<boolean> {
  const answer = await askPrimary(kubectl, cluster, "SELECT pg_is_in_recovery()");
  if ("error" in answer) throw new Error(`the primary does not answer: ${answer.error}`);
  return answer.rows[0]?.[0] === "t";
}

async function askPrimary(kubectl: Kubectl, cluster: Named, sql: string): Promise<Rows> {
  const { status } = (await readCluster(kubectl, cluster)) ?? {};
  const pod = status?.currentPrimary ?? "";
  if (pod === "") return { error: "the cluster has none" };
  const { namespace } = cluster;
  return askPod(kubectl, { namespace, pod }, { search_path: "pg_catalog" })("postgres", sql);
}

function readCluster(kubectl: Kubectl, { name, namespace }: Named): Promise<Cluster | undefined> {
  return getJson<Cluster>(kubectl, CLUSTERS, name, `--namespace=${namespace}`);
}
