import type { Observed } from "./observed.ts";

const ROLE = "cnpg.io/jobRole";
const CLUSTER = "cnpg.io/cluster";

/** Whether a pod of a Job of the operator's, which creates an instance, has failed. */
export function hasFailed({ kind, metadata, status }: Observed): boolean {
  return kind === "Pod" && status?.phase === "Failed" && metadata.labels?.[ROLE] !== undefined;
}

/** The pod with the last error in its log, which says what no status does. */
export function withError(pod: Observed, log: string): Observed {
  const [error] = log.split("\n").reverse().flatMap(errorIn);
  return error === undefined ? pod : { ...pod, message: error };
}

/** The error of a line as the operator's programs write them, JSON. */
function errorIn(line: string): string[] {
  try {
    const { level, error, msg } = JSON.parse(line) as Record<string, unknown>;
    if (level !== "error" || typeof error !== "string") return [];
    return [typeof msg === "string" ? `${msg}: ${error}` : error];
  } catch {
    return [];
  }
}

/** Why an instance cannot be created, from the log of the pod that tried it. */
export function creationFault(one: Observed): string | undefined {
  return hasFailed(one) ? one.message : undefined;
}

/** What to do about a Job that fails again and again: a new cluster contains nothing that could be lost. */
export function creationRemedy({ metadata: { labels = {}, namespace } }: Observed): string {
  const name = labels[CLUSTER] ?? "";
  return labels[ROLE] === "initdb"
    ? `correct it, end this run, delete the cluster, which contains nothing yet (kubectl delete cluster.postgresql.cnpg.io ${name} --namespace=${namespace ?? ""}), and deploy again`
    : "see the log of the pod; the operator tries it again";
}
