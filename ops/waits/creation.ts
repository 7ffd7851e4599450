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
  return error === undefined ? pod : { ...pod, message: told(pod, error) };
}

interface LoggedError {
  /** What the operator was doing, in its own words. */
  doing: string | undefined;
  error: string;
}

/** The error of a line as the operator's programs write them, JSON. */
function errorIn(line: string): LoggedError[] {
  try {
    const { level, error, msg } = JSON.parse(line) as Record<string, unknown>;
    if (level !== "error" || typeof error !== "string") return [];
    return [{ doing: typeof msg === "string" ? msg : undefined, error }];
  } catch {
    return [];
  }
}

function told(pod: Observed, { doing, error }: LoggedError): string {
  const what = hasSecretSql(pod) ? withoutWords(pod, error) : error;
  return doing === undefined ? what : `${doing}: ${what}`;
}

/**
 * Whether a part of the SQL at creation is in a Secret, which the operator mounts as a volume of its own: PostgreSQL's
 * errors cite the SQL.
 *
 * @see `createVolumesAndVolumeMountsForSQLRefs` of https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.1/pkg/specs/volumes.go
 */
function hasSecretSql({ spec }: Observed): boolean {
  const volumes = spec?.volumes ?? [];
  return volumes.some(
    ({ name, secret }) =>
      secret !== undefined && /^\d+-post-init(-application|-template)?-sql$/.test(name),
  );
}

function withoutWords({ metadata: { name, namespace = "" } }: Observed, error: string): string {
  // At the end, where no text of the SQL can pass for it.
  const [, state] = /\(SQLSTATE ([0-9A-Z]{5})\)$/.exec(error) ?? [];
  const what = state === undefined ? "an error" : `SQLSTATE ${state}`;
  return `${what}, whose words are not shown because SQL is in a Secret (kubectl logs ${name} --namespace=${namespace} shows them)`;
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
