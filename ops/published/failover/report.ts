import { showBrief } from "../duration.ts";
import { table } from "../table.ts";
import type { Fault } from "./faults/kinds.ts";
import { type Moment, MOMENTS } from "./observation/timeline.ts";

/**
 * Result of a failover drill, or of a switchover, as `--json` prints it. The format is a public interface: within a major version
 * fields are added, and none is renamed or removed. Unknown values are null. Times are UTC.
 */
export interface Report {
  outcome: "passed" | "failed";
  /** Why the drill ended early, or could not be cleaned up. Null if only the faults decide. */
  error: string | null;
  cluster: { name: string; namespace: string };
  drill: {
    /** Value of the label of all its objects. */
    name: string;
    startedAt: string;
    seconds: number;
    /** State of what it has made at the end: `left` if something could not be removed. */
    end: "removed" | "left";
  };
  /** What was allowed. Null means that an outage was reported and not judged. */
  limits: { maxOutageSeconds: number | null; maxLost: number };
  /** One for each fault that was caused, in order. */
  faults: FaultReport[];
}

export interface FaultReport {
  round: number;
  fault: Fault;
  outcome: "passed" | "failed";
  /** Why the cluster did not come back. Null if only the clients decide. */
  error: string | null;
  startedAt: string;
  /** The instance that was hit, and the one that is primary at the end. */
  primary: { before: string; node: string | null; after: string };
  clients: ClientReport[];
  /** In the order of time, in seconds since the fault. */
  timeline: { moment: Moment; seconds: number; detail: string }[];
}

export interface ClientReport {
  name: string;
  /** `reported` is one whose outage is not judged, and which has lost nothing. */
  status: "passed" | "failed" | "reported";
  /** Why it has failed. */
  why: string | null;
  /** The longest time without an acknowledged commit since the fault. */
  outageSeconds: number;
  /** Whether it committed again before the end of the observation. */
  isBack: boolean;
  acknowledged: number;
  /** Acknowledged rows that are not in the database. */
  lost: number;
  /** Rows in the database whose commit was not acknowledged. Null if the database was not read. */
  unacknowledged: number | null;
  /** What it was told, the most frequent first. */
  errors: { message: string; count: number }[];
}

export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

export function reportText(report: Report): string {
  return textOf(`Failover drill of ${report.cluster.name} in ${report.cluster.namespace}`, report);
}

export function textOf(title: string, { outcome, error, drill, limits, faults }: Report): string {
  const { maxOutageSeconds, maxLost } = limits;
  const outage = maxOutageSeconds === null ? "any time" : `at most ${showBrief(maxOutageSeconds)}`;
  const rows = faults.flatMap(({ round, fault, clients }) =>
    clients.map((client) => [
      client.status,
      `${round} ${fault}`,
      client.name,
      `${client.isBack ? "" : "> "}${showBrief(client.outageSeconds)}`,
      String(client.acknowledged),
      String(client.lost),
      client.why ?? "",
    ]),
  );
  return [
    `${title}: ${outcome}`,
    ...(error === null ? [] : [error]),
    "",
    table([
      ["allowed", `${outage} without a commit, ${maxLost} rows lost`],
      ["drill", `${drill.name}, ${drill.end === "left" ? "left behind" : "removed"}`],
    ]),
    ...(rows.length === 0 ? [] : ["", table([HEADS, ...rows])]),
    ...faults.flatMap(timelineText),
    "",
  ].join("\n");
}

const HEADS = ["RESULT", "FAULT", "CLIENT", "WITHOUT A COMMIT", "COMMITTED", "LOST", "WHY"];

function timelineText({ round, fault, error, primary, timeline }: FaultReport): string[] {
  const { before, node, after } = primary;
  const to = before === after ? `${after} stays primary` : `${after} is primary`;
  let last = 0;
  const rows = timeline.map(({ moment, seconds, detail }) => {
    const step = seconds - last;
    last = seconds;
    return [
      showBrief(seconds).padStart(10),
      `+${step.toFixed(1)}`.padStart(6),
      MOMENTS[moment],
      detail,
    ];
  });
  return [
    "",
    `${round} ${fault}: ${before}${node === null ? "" : ` on ${node}`} was primary, ${to}`,
    ...(error === null ? [] : [error]),
    table(rows),
  ];
}
