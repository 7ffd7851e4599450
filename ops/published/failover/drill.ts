import { applicationOf } from "../archive.ts";
import { drillName } from "../drill-identity.ts";
import { Refused } from "../refusal.ts";
import type { Tools } from "../tools.ts";
import { cleanUp } from "./cleanup.ts";
import { createRecord, type DrillRecord, keepAlive } from "./record.ts";
import type { Report } from "./report.ts";
import { type Course, runFault, type Turn } from "./round.ts";
import { createTables, schemaOf } from "./writers/tables.ts";
import type { Cluster } from "../objects.ts";

/** What a drill has been accepted with. */
export interface Plan extends Omit<Course, "tools" | "at" | "record" | "schema"> {
  source: Cluster;
  /** Faults in order, each round after the other. */
  faults: readonly Omit<Turn, "number">[];
  keepGoing: boolean;
  /** The role that writes. */
  role: string;
  /** What a killed drill of this cluster has left behind. */
  leftOver: DrillRecord | undefined;
  /** How long the removal at the end may take. */
  cleanUpMs: number;
}

/** Causes faults one after the other, and removes everything that it has made in every case. */
export async function failoverDrill(tools: Tools, plan: Plan): Promise<Report> {
  const { kubectl, progress } = tools;
  const { source, nodes } = plan;
  const { name, namespace } = source.metadata;
  const startedAt = new Date();
  const drill = drillName(name, []);
  const schema = schemaOf(drill);
  if (plan.leftOver) await removeLeftOver(tools, plan.leftOver, plan);
  const report: Report = {
    outcome: "failed",
    error: null,
    cluster: { name, namespace },
    drill: { name: drill, startedAt: startedAt.toISOString(), seconds: 0, end: "removed" },
    limits: {
      maxOutageSeconds: plan.limits.maxOutageSeconds ?? null,
      maxLost: plan.limits.maxLost,
    },
    faults: [],
  };
  const { database } = applicationOf(source);
  const about = { cluster: name, namespace, drill, schema, database, startedAt };
  const record = await createRecord(kubectl, about);
  const heartbeat = keepAlive(kubectl, record);
  const errors: string[] = [];
  let refused: Refused | undefined;
  try {
    const primary = source.status?.currentPrimary ?? "";
    const where = { cluster: source, primary, schema, role: plan.role };
    await createTables(kubectl, where, plan.writers);
    await runAll({ ...plan, tools, at: { name, namespace }, record, schema }, plan, report);
  } catch (error) {
    if (error instanceof Refused) refused = error;
    else errors.push(error instanceof Error ? error.message : String(error));
  } finally {
    clearInterval(heartbeat);
  }
  progress.step(`removing ${drill}`);
  const removal = { cluster: name, nodes, pollMs: tools.pollMs, patienceMs: plan.cleanUpMs };
  const left = await cleanUp(kubectl, record, removal);
  if (left.length > 0) {
    report.drill.end = "left";
    errors.push(`${drill} could not be removed: ${left.join("; ")}`);
  }
  if (refused) throw refused;
  report.error = errors.length === 0 ? null : errors.join("\n");
  report.drill.seconds = (Date.now() - startedAt.getTime()) / 1000;
  const isPassed =
    errors.length === 0 && report.faults.every(({ outcome }) => outcome === "passed");
  report.outcome = isPassed ? "passed" : "failed";
  return report;
}

async function runAll(course: Course, { faults, keepGoing }: Plan, report: Report): Promise<void> {
  const { signal, progress } = course.tools;
  for (const [index, { round, fault }] of faults.entries()) {
    if (signal.aborted) throw new Error(String(signal.reason));
    const done = await runFault(course, { round, fault, number: index + 1 }).catch(
      (error: unknown) => {
        if (!keepGoing || signal.aborted || error instanceof Refused) throw error;
        // In a series at night the next fault may be told more.
        progress.note(
          `${round} ${fault}: ${error instanceof Error ? error.message : String(error)}`,
        );
        return undefined;
      },
    );
    if (done) report.faults.push(done);
    if (done?.outcome === "failed" && !keepGoing) return;
  }
  if (report.faults.length < faults.length) {
    throw new Error(
      `${faults.length - report.faults.length} of ${faults.length} faults were not caused`,
    );
  }
}

async function removeLeftOver(
  { kubectl, progress, pollMs }: Tools,
  record: DrillRecord,
  { source, nodes, cleanUpMs }: Plan,
): Promise<void> {
  const { name } = record.metadata;
  progress.step(`removing ${name}, left behind by a killed drill`);
  const removal = { cluster: source.metadata.name, nodes, pollMs, patienceMs: cleanUpMs };
  const left = await cleanUp(kubectl, record, removal);
  if (left.length > 0) throw new Error(`${name} is not removed: ${left.join("; ")}`);
}
