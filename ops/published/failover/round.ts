import type { NodeSwitch } from "../access.ts";
import { DRILL } from "../drill-identity.ts";
import type { Tools } from "../tools.ts";
import { pause } from "../wait.ts";
import { Refused } from "../refusal.ts";
import { WriterLog } from "./writers/acknowledgements.ts";
import { deletePods } from "./cleanup.ts";
import { type Client, follow, obstacleOf, readAll, waitingIn } from "./writers/clients.ts";
import { type Fault, KINDS } from "./faults/kinds.ts";
import { assertPossible, inject, type Scene, undoOf } from "./faults/injection.ts";
import { successorOf, type Whole, whole } from "./instances.ts";
import { observe } from "./observation/observe.ts";
import { type DrillRecord, recordUndo } from "./record.ts";
import type { FaultReport } from "./report.ts";
import { numbersIn } from "./writers/tables.ts";
import { Timeline } from "./observation/timeline.ts";
import { endFault, type Undo } from "./faults/undo.ts";
import { judge, type Limits } from "./verdict.ts";
import { type Writer, writerManifest } from "./writers/writer.ts";

/** What all faults of a drill have in common. */
export interface Course {
  tools: Tools;
  at: { name: string; namespace: string };
  record: DrillRecord;
  schema: string;
  secret: string;
  podLabels: Record<string, string>;
  writers: readonly Writer[];
  limits: Limits;
  nodes: NodeSwitch | undefined;
  /** The replica that a switchover promotes. Undefined is the one that has most of the WAL. */
  successor: string | undefined;
  lastingSeconds: number;
  timeoutSeconds: number;
  /** For how long a cluster is healthy that is not about to go on with something, and clients commit that are back. */
  stableMs: number;
  /** How long the writers may take until they commit. */
  startMs: number;
}

/** A fault of a drill, in its round, and its number among all of them, by which its rows are told apart. */
export interface Turn {
  round: number;
  fault: Fault;
  number: number;
}

/** Causes a fault under writers, and waits until the cluster and its clients are back. */
export async function runFault(course: Course, turn: Turn): Promise<FaultReport> {
  const { fault, round } = turn;
  const { tools, at, record } = course;
  const { kubectl, progress } = tools;
  const found = await whole(tools, at, course.timeoutSeconds);
  const ending = new AbortController();
  const timeline = new Timeline({ primary: found.primary, instances: found.pods.length });
  progress.step(`${round} ${fault}, starting the writers`);
  const clients = await startWriters(course, found, turn);
  const background = Promise.all([
    follow(kubectl, at.namespace, clients, ending.signal),
    observe(tools, at, timeline, ending.signal),
  ]);
  try {
    await untilWriting(course, clients, timeline);
    return await hit(course, found, timeline, clients, turn);
  } finally {
    ending.abort();
    await background;
    await deletePods(kubectl, at.namespace, record.metadata.labels?.[DRILL] ?? "");
  }
}

async function startWriters(
  { tools, record, schema, secret, podLabels, writers }: Course,
  { cluster, primary }: Whole,
  { number }: Turn,
): Promise<Client[]> {
  const drill = record.metadata.labels?.[DRILL] ?? "";
  const { name, uid } = record.metadata;
  const around = { cluster, drill, owner: { name, uid }, schema, secret, podLabels };
  const items = writers.map((writer) => writerManifest(around, writer, primary, number));
  const { ok, error } = await tools.kubectl(["create", "--filename=-"], {
    input: JSON.stringify({ apiVersion: "v1", kind: "List", items }),
  });
  if (!ok) throw new Error(`the writers could not be created: ${error}`);
  return writers.map((writer) => ({
    writer,
    pod: `${drill}-${writer.name}`,
    log: new WriterLog(),
  }));
}

/** @throws Refused if a writer does not get through: then nothing has been broken yet. */
async function untilWriting(
  { tools: { kubectl, signal, pollMs }, at, startMs }: Course,
  clients: readonly Client[],
  timeline: Timeline,
): Promise<void> {
  const deadline = Date.now() + startMs;
  while (waitingIn(clients).length > 0 || timeline.lacks() !== undefined) {
    if (signal.aborted) throw new Error(String(signal.reason));
    if (Date.now() > deadline) {
      const violations = await Promise.all(
        waitingIn(clients).map(async (client) => ({
          path: `writer ${client.writer.title}`,
          value: client.pod,
          reason: `must commit before anything is broken: ${await obstacleOf(kubectl, at.namespace, client)}`,
          remedy:
            "Where a NetworkPolicy keeps it out, give it the labels of a client that may connect, with --pod-labels",
        })),
      );
      if (violations.length > 0) throw new Refused(violations);
      throw new Error(`${at.name} is not healthy: ${timeline.lacks() ?? ""}`);
    }
    await pause(pollMs, signal);
  }
}

async function hit(
  course: Course,
  { cluster, primary, ...rest }: Whole,
  timeline: Timeline,
  clients: readonly Client[],
  { fault, round, number }: Turn,
): Promise<FaultReport> {
  const { tools, at, record, nodes, lastingSeconds } = course;
  const { kubectl, progress, signal } = tools;
  const successor = course.successor ?? successorOf({ cluster, primary, ...rest }) ?? "";
  const scene: Scene = { kubectl, signal, cluster, primary, successor, nodes, lastingSeconds };
  await assertPossible(fault, scene);
  const undo = undoOf(fault, scene);
  await recordUndo(kubectl, record, undo);
  const startedAt = new Date();
  timeline.begin(startedAt.getTime(), KINDS[fault].does);
  progress.step(`${round} ${fault}, ${KINDS[fault].does}`);
  let error: string | undefined;
  try {
    await inject(fault, scene);
    const since = Date.now();
    progress.step(`${round} ${fault}, waiting for commits`);
    if (undo) await untilCommitting(course, clients, since);
  } finally {
    if (undo) error = await end(course, undo, timeline);
  }
  error ??= await untilBack(course, timeline, clients);
  if (signal.aborted) throw new Error(String(signal.reason));
  const now = Date.now();
  const moments = { fault: startedAt.getTime(), end: now };
  const judged = await Promise.all(
    clients.map(async (client) => {
      const { writer, log } = client;
      await readAll(kubectl, at.namespace, client);
      // The writers go on: what is acknowledged after the table was read is not in what was read.
      const rows = log.acknowledged();
      const where = { cluster, primary: timeline.primary, schema: course.schema };
      const present = await numbersIn(kubectl, where, writer, number).catch(() => undefined);
      return judge(writer, { rows, errors: log.errors() }, present, moments, course.limits);
    }),
  );
  const back = judged.map(({ backAt }) => backAt).filter((time) => time !== undefined);
  if (back.length > 0) timeline.note("commit", Math.min(...back));
  const reports = judged.map(({ client }) => client);
  const isPassed = error === undefined && reports.every(({ status }) => status !== "failed");
  return {
    round,
    fault,
    outcome: isPassed ? "passed" : "failed",
    error: error ?? null,
    startedAt: startedAt.toISOString(),
    primary: {
      before: primary.metadata.name,
      node: primary.spec?.nodeName ?? null,
      after: timeline.primary,
    },
    clients: reports,
    timeline: [...timeline.seen]
      .map(([moment, { at: time, detail }]) => ({
        moment,
        seconds: (time - startedAt.getTime()) / 1000,
        detail,
      }))
      .sort((one, other) => one.seconds - other.seconds),
  };
}

/** Waits until all clients have committed since a moment, or a fault has lasted long enough. */
async function untilCommitting(
  { tools: { signal, pollMs }, lastingSeconds }: Course,
  clients: readonly Client[],
  since: number,
): Promise<void> {
  const deadline = since + lastingSeconds * 1000;
  const isOut = ({ log }: Client) => (log.lastAt() ?? 0) <= since + SETTLED_MS;
  while (clients.some(isOut) && Date.now() < deadline && !signal.aborted) {
    await pause(pollMs, signal);
  }
}

/** A commit that was under way when the fault came may return a little later. */
const SETTLED_MS = 500;

async function end(
  { tools: { kubectl }, at, record, nodes }: Course,
  undo: Undo,
  timeline: Timeline,
): Promise<string | undefined> {
  const rest = await endFault(kubectl, at.namespace, nodes, undo);
  timeline.note("ended", Date.now());
  if (rest === undefined) await recordUndo(kubectl, record, undefined);
  return rest;
}

/** A fault that nothing notices is over after this time. */
const UNNOTICED_MS = 15_000;

/** Waits for the cluster and all clients. @returns undefined, or what is not back in time. */
async function untilBack(
  { tools: { signal, pollMs, progress }, at, timeoutSeconds, stableMs }: Course,
  timeline: Timeline,
  clients: readonly Client[],
): Promise<string | undefined> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  let wholeSince: number | undefined;
  while (!signal.aborted) {
    const now = Date.now();
    wholeSince = timeline.isWhole(now, UNNOTICED_MS) ? (wholeSince ?? now) : undefined;
    const out = clients.filter(({ log }) => now - (log.lastAt() ?? 0) > stableMs);
    if (wholeSince !== undefined && now - wholeSince >= stableMs && out.length === 0)
      return undefined;
    if (now > deadline) {
      const lacks = timeline.lacks();
      // A client that has not come back is in its own line of the report.
      return lacks && `${at.name} is not healthy after ${timeoutSeconds} s: ${lacks}`;
    }
    const lacks = timeline.lacks() ?? (out.length > 0 ? `${out.length} clients do not commit` : "");
    progress.step(`waiting for ${at.name}${lacks === "" ? "" : `: ${lacks}`}`);
    await pause(pollMs, signal);
  }
  return undefined;
}
