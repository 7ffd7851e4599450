import { ALIVE_UNTIL, aliveUntil, DRILL, DRILL_OF, HEARTBEAT_SECONDS } from "../drill-identity.ts";
import { getJson, type Kubectl } from "../kubectl.ts";
import type { Undo } from "./faults/undo.ts";

/**
 * A drill's own object. There is one for a cluster at most, so that no two drills break it at the same time; the writers are
 * deleted with it; and it says what has to be ended should the drill be killed.
 */
export interface DrillRecord {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    creationTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  data?: { schema?: string; database?: string };
}

/** Annotation: what has to be done to end the fault that lasts, such as `uncordon node1`. */
const UNDO = "ha-postgres/drill-undo";

export function recordName(cluster: string): string {
  return `${cluster}-failover-drill`;
}

/** The record of a drill of this cluster that runs, or was killed. */
export function findRecord(
  kubectl: Kubectl,
  cluster: string,
  namespace: string,
): Promise<DrillRecord | undefined> {
  return getJson<DrillRecord>(
    kubectl,
    "configmap",
    recordName(cluster),
    `--namespace=${namespace}`,
  );
}

/** Whether a drill has said lately that it runs. A time that cannot be read is no proof that it does not. */
export function isAlive({ metadata }: DrillRecord, now: Date): boolean {
  return !(Date.parse(metadata.annotations?.[ALIVE_UNTIL] ?? "") < now.getTime());
}

const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** The fault that a killed drill has not ended. Whoever may write the record could have changed it: names are names. */
export function undoIn({ metadata }: DrillRecord): Undo | undefined {
  const text = metadata.annotations?.[UNDO] ?? "";
  const [, does = "", name = ""] = /^(\S+) (\S+)$/.exec(text) ?? [];
  if (!NAME.test(name)) return undefined;
  if (does === "thaw") return { does, pod: name };
  return does === "uncordon" || does === "rejoin" ? { does, node: name } : undefined;
}

/** @throws Error if another drill has been faster. */
export async function createRecord(
  kubectl: Kubectl,
  {
    cluster,
    namespace,
    drill,
    schema,
    database,
    startedAt,
  }: {
    cluster: string;
    namespace: string;
    drill: string;
    schema: string;
    database: string;
    startedAt: Date;
  },
): Promise<DrillRecord> {
  const record = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: recordName(cluster),
      namespace,
      labels: {
        "app.kubernetes.io/component": "failover-drill",
        "app.kubernetes.io/part-of": "ha-postgres",
        "app.kubernetes.io/managed-by": "ha-postgres",
        [DRILL]: drill,
        [DRILL_OF]: cluster,
      },
      annotations: { [ALIVE_UNTIL]: aliveUntil(startedAt) },
    },
    data: { schema, database },
  };
  const { ok, output, error } = await kubectl(["create", "--filename=-", "--output=json"], {
    input: JSON.stringify(record),
  });
  if (!ok) throw new Error(`${record.metadata.name} could not be created: ${error}`);
  return JSON.parse(output) as DrillRecord;
}

/** Writes down what has to be ended, or that nothing has. @throws Error if it could not be: then nothing may be broken. */
export async function recordUndo(
  kubectl: Kubectl,
  record: DrillRecord,
  undo: Undo | undefined,
): Promise<void> {
  const text = undo ? `${undo.does} ${undo.does === "thaw" ? undo.pod : undo.node}` : "";
  const { ok, error } = await annotate(kubectl, record, `${UNDO}=${text}`);
  if (!ok && undo) throw new Error(`the end of the fault could not be recorded: ${error}`);
}

/** Renews the heartbeat, so that no other drill takes this one for killed. */
export function keepAlive(kubectl: Kubectl, record: DrillRecord): NodeJS.Timeout {
  return setInterval(() => {
    void annotate(kubectl, record, `${ALIVE_UNTIL}=${aliveUntil(new Date())}`);
  }, HEARTBEAT_SECONDS * 1000);
}

function annotate(kubectl: Kubectl, { metadata }: DrillRecord, annotation: string) {
  const { name, namespace } = metadata;
  return kubectl([
    ...["annotate", "configmap", name, `--namespace=${namespace}`, "--overwrite", annotation],
  ]);
}
