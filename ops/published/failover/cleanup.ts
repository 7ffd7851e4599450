import type { NodeSwitch } from "../access.ts";
import { deletionOf } from "../deletion.ts";
import { DRILL } from "../drill-identity.ts";
import { getJson, type Kubectl } from "../kubectl.ts";
import { type Cluster, CLUSTERS } from "../objects.ts";
import type { DrillRecord } from "./record.ts";
import { undoIn } from "./record.ts";
import { dropTables } from "./writers/tables.ts";
import { endFault } from "./faults/undo.ts";

/**
 * Ends what a drill has begun and removes what it has made: the fault, the tables, the writers, and at last the record of it.
 *
 * @returns what could not be removed, of which the record is a part then.
 */
export async function cleanUp(
  kubectl: Kubectl,
  record: DrillRecord,
  {
    cluster,
    nodes,
    pollMs,
    patienceMs,
  }: {
    cluster: string;
    nodes: NodeSwitch | undefined;
    pollMs: number;
    patienceMs: number;
  },
): Promise<string[]> {
  const { name, namespace, uid, labels } = record.metadata;
  const undo = undoIn(record);
  const unended = undo && (await endFault(kubectl, namespace, nodes, undo));
  await deletePods(kubectl, namespace, labels?.[DRILL] ?? "");
  const undropped = await untilDropped(kubectl, record, cluster, pollMs, patienceMs);
  const left = [unended, undropped].filter((rest) => rest !== undefined);
  if (left.length > 0) return left;
  const { ok, error } = await kubectl(
    ["delete", `--raw=/api/v1/namespaces/${namespace}/configmaps/${name}`, "--filename=-"],
    { input: JSON.stringify(deletionOf(uid)) },
  );
  return ok || /\((NotFound|Conflict)\)/.test(error) ? [] : [`configmap/${name}: ${error}`];
}

/** Deletes the writers, and waits until they are gone. */
export async function deletePods(
  kubectl: Kubectl,
  namespace: string,
  drill: string,
): Promise<void> {
  await kubectl([
    ...["delete", "pods", `--namespace=${namespace}`, `--selector=${DRILL}=${drill}`],
    ...["--wait=true", "--timeout=60s", "--ignore-not-found"],
  ]);
}

async function untilDropped(
  kubectl: Kubectl,
  { metadata: { namespace }, data }: DrillRecord,
  cluster: string,
  pollMs: number,
  patienceMs: number,
): Promise<string | undefined> {
  const { schema, database } = data ?? {};
  if (schema === undefined || database === undefined) return undefined;
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await getJson<Cluster>(kubectl, CLUSTERS, cluster, `--namespace=${namespace}`);
    const primary = found?.status?.currentPrimary ?? "";
    const rest = await dropTables(kubectl, { namespace, primary, schema, database });
    if (rest === undefined || Date.now() > deadline) return rest;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
