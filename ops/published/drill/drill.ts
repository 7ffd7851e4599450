import { applicationOf, archiveOf } from "../archive.ts";
import { askPod, type Ask } from "../ask.ts";
import { assertAll, type Assertion } from "./assertions.ts";
import { findMade, remove, removeLeftOvers } from "./cleanup.ts";
import {
  ALIVE_UNTIL,
  aliveUntil,
  drillName,
  HEARTBEAT_SECONDS,
  OWN_UID,
} from "../drill-identity.ts";
import { drillManifest, type Drill } from "./manifest.ts";
import { CLUSTERS, type Cluster } from "../objects.ts";
import type { Located } from "../command/find-cluster.ts";
import { makeReader } from "./reader.ts";
import { OWN_NAMES } from "./reading.ts";
import { waitForRecovery, RecoveryFailed, type Recovered } from "./recovery.ts";
import type { Report } from "./report.ts";
import type { DrillRequest } from "./request.ts";
import type { Tools } from "../tools.ts";

/** Restores a copy of a cluster from its archive, checks it, and removes it in every case. */
export async function restoreDrill(
  tools: Tools,
  { source, clusters }: Located,
  request: DrillRequest,
): Promise<Report> {
  const { kubectl, progress, pollMs } = tools;
  const { name: of, namespace } = source.metadata;
  await removeLeftOvers(tools, clusters, of, new Date());
  const drill = newDrill(source, clusters, request);
  const report = emptyReport(source, drill);
  const at = { name: drill.name, namespace };
  const heartbeat = keepAlive(tools, at);
  try {
    await declare(tools, source, drill);
    const recovered = await waitForRecovery(tools, at, request.timeoutSeconds);
    report.recoverySeconds = secondsSince(drill.startedAt);
    progress.step(`checking ${drill.name}`);
    await examine(tools, source, request, drill, recovered, report);
  } catch (error) {
    report.error = error instanceof Error ? error.message : String(error);
    if (error instanceof RecoveryFailed) report.log = error.log;
  } finally {
    clearInterval(heartbeat);
  }
  if (!drill.keep) {
    progress.step(`removing ${drill.name}`);
    const made = await findMade(kubectl, { ...at, startedAt: drill.startedAt });
    const rest = made && (await remove(kubectl, made, pollMs));
    if (rest !== undefined) {
      report.drill.end = "left";
      report.error = [report.error, `${drill.name} could not be removed: ${rest}`]
        .filter((text) => text !== null)
        .join("\n");
    }
  }
  report.drill.seconds = secondsSince(drill.startedAt);
  report.outcome = hasPassed(report) ? "passed" : "failed";
  return report;
}

function newDrill(source: Cluster, clusters: readonly Cluster[], request: DrillRequest): Drill {
  const archive = archiveOf(source);
  if ("path" in archive) throw new Error(archive.reason);
  const taken = clusters.map(({ metadata }) => metadata.name);
  return {
    name: drillName(source.metadata.name, taken),
    archive,
    targetTime: request.targetTime,
    keep: request.keep,
    startedAt: new Date(),
  };
}

function emptyReport({ metadata }: Cluster, drill: Drill): Report {
  return {
    outcome: "failed",
    error: null,
    cluster: { name: metadata.name, namespace: metadata.namespace },
    drill: {
      name: drill.name,
      startedAt: drill.startedAt.toISOString(),
      seconds: 0,
      end: drill.keep ? "kept" : "deleted",
    },
    targetTime: drill.targetTime ?? null,
    archive: drill.archive,
    backup: { id: null, finishedAt: null },
    recoverySeconds: null,
    data: { lastTransactionAt: null, ageSeconds: null, bytes: null },
    source: { serves: false, lastArchivedAt: null },
    assertions: [],
    log: [],
  };
}

/** Renews the heartbeat, so that no other drill removes this cluster as a left-over. */
function keepAlive({ kubectl }: Tools, at: { name: string; namespace: string }) {
  return setInterval(() => {
    void kubectl([
      "annotate",
      CLUSTERS,
      at.name,
      `--namespace=${at.namespace}`,
      "--overwrite",
      `${ALIVE_UNTIL}=${aliveUntil(new Date())}`,
    ]);
  }, HEARTBEAT_SECONDS * 1000);
}

async function declare({ kubectl, progress, signal }: Tools, source: Cluster, drill: Drill) {
  if (signal.aborted) throw new Error(String(signal.reason));
  progress.step(`declaring ${drill.name}`);
  const input = JSON.stringify(drillManifest(source, drill));
  const { ok, output, error } = await kubectl(["create", "--filename=-", "--output=json"], {
    input,
  });
  if (!ok) throw new Error(`${drill.name} could not be created: ${error}`);
  const { metadata } = JSON.parse(output) as Cluster;
  await kubectl([
    "annotate",
    CLUSTERS,
    metadata.name,
    `--namespace=${metadata.namespace}`,
    "--overwrite",
    `${OWN_UID}=${metadata.uid ?? ""}`,
  ]);
}

/** Measures the copy and runs the assertions. */
async function examine(
  { kubectl, signal }: Tools,
  source: Cluster,
  request: DrillRequest,
  { name, targetTime, startedAt }: Drill,
  { pod, log }: Recovered,
  report: Report,
): Promise<void> {
  const { namespace } = source.metadata;
  const restored = askPod(kubectl, { namespace, pod }, OWN_NAMES, signal);
  const serving = await servingSource(kubectl, source, signal);
  const reference = targetTime === undefined ? startedAt : new Date(targetTime);
  const { lastTransactionAt, backup } = log;
  if (backup) report.backup = { id: backup.id, finishedAt: backup.finishedAt ?? null };
  report.source = { serves: serving !== undefined, lastArchivedAt: await lastArchived(serving) };
  report.data = {
    lastTransactionAt: lastTransactionAt?.toISOString() ?? null,
    ageSeconds: lastTransactionAt
      ? Math.max(0, reference.getTime() - lastTransactionAt.getTime()) / 1000
      : null,
    bytes: await size(restored),
  };
  await makeReader(restored, name);
  const as = { namespace, pod, role: name };
  const assertions = await assertAll(
    {
      restored,
      reader: askPod(kubectl, as, OWN_NAMES, signal),
      asserter: askPod(kubectl, as, {}, signal),
      source: serving,
      application: applicationOf(source).database,
    },
    source.status?.systemID,
    request,
    { reference, recoveredTo: lastTransactionAt ?? reference },
  );
  // Questions that were broken off have no answers.
  if (signal.aborted) throw new Error(String(signal.reason));
  report.assertions = assertions;
}

/** The source's primary, if it answers. Nothing is written there, and no query may hold it up for long. */
async function servingSource(
  kubectl: Tools["kubectl"],
  { metadata, status }: Cluster,
  signal: AbortSignal,
): Promise<Ask | undefined> {
  const pod = status?.currentPrimary;
  if (pod === undefined || pod === "") return undefined;
  const settings = {
    default_transaction_read_only: "on",
    statement_timeout: "60s",
    ...OWN_NAMES,
  };
  const ask = askPod(kubectl, { namespace: metadata.namespace, pod }, settings, signal);
  return "rows" in (await ask("postgres", "SELECT 1")) ? ask : undefined;
}

async function lastArchived(source: Ask | undefined): Promise<string | null> {
  const epoch = await queryNumber(
    source,
    "SELECT extract(epoch FROM last_archived_time) FROM pg_stat_archiver",
  );
  return epoch === null ? null : new Date(epoch * 1000).toISOString();
}

function size(restored: Ask): Promise<number | null> {
  return queryNumber(restored, "SELECT sum(pg_database_size(oid)) FROM pg_database");
}

async function queryNumber(ask: Ask | undefined, sql: string): Promise<number | null> {
  const answer = await ask?.("postgres", sql);
  const text = answer && "rows" in answer ? answer.rows[0]?.[0] : undefined;
  return text === undefined || text === "" ? null : Number(text);
}

function secondsSince(start: Date): number {
  return (Date.now() - start.getTime()) / 1000;
}

function hasPassed({ error, assertions }: { error: string | null; assertions: Assertion[] }) {
  return error === null && assertions.every(({ status }) => status !== "failed");
}
