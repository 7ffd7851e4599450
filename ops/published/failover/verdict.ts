import { showBrief } from "../duration.ts";
import {
  type Acknowledged,
  lostRows,
  outageOf,
  type Range,
  unacknowledgedRows,
} from "./writers/acknowledgements.ts";
import type { ClientReport } from "./report.ts";
import type { Writer } from "./writers/writer.ts";

/** What a client is allowed to suffer. */
export interface Limits {
  maxOutageSeconds: number | undefined;
  maxLost: number;
}

/** What a client was told: rows that were acknowledged before the database was read, and what was not. */
interface Told {
  rows: readonly Acknowledged[];
  errors: ClientReport["errors"];
}

/** What became of a client, and when it committed again. */
export interface Judged {
  client: ClientReport;
  backAt: number | undefined;
}

/** Judges a client by what it was told and by what is in the database, undefined if that was not read. */
export function judge(
  { title, isJudged }: Writer,
  { rows, errors }: Told,
  present: readonly Range[] | undefined,
  { fault, end }: { fault: number; end: number },
  { maxOutageSeconds, maxLost }: Limits,
): Judged {
  const { seconds, until } = outageOf(rows, fault, end);
  // A writer that is at work has committed just now.
  const isBack = until !== undefined || seconds * 1000 < AT_WORK_MS;
  const lost = present === undefined ? 0 : lostRows(rows, present);
  const reasons = [
    ...(lost > maxLost ? [`${lost} acknowledged rows are not there`] : []),
    ...(present === undefined ? ["the rows could not be read"] : []),
    ...(isJudged && !isBack ? ["it has not committed again"] : []),
    ...(isJudged && maxOutageSeconds !== undefined && seconds > maxOutageSeconds
      ? [`more than ${showBrief(maxOutageSeconds)}`]
      : []),
  ];
  const failed = reasons.length > 0;
  return {
    client: {
      name: title,
      status: failed ? "failed" : isJudged ? "passed" : "reported",
      why: failed ? reasons.join("; ") : null,
      outageSeconds: seconds,
      isBack,
      acknowledged: rows.length,
      lost,
      unacknowledged: present === undefined ? null : unacknowledgedRows(rows, present),
      errors,
    },
    backAt: until,
  };
}

/** Longer than a careful client needs for a commit on a busy machine. */
const AT_WORK_MS = 3000;
