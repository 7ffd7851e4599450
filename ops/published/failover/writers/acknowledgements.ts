/** A row whose commit was acknowledged, and when, by the writer's own clock in milliseconds. */
export interface Acknowledged {
  number: number;
  at: number;
}

/** A range of numbers, with both its ends. */
export type Range = readonly [first: number, last: number];

const ACKNOWLEDGED = /^ack (\d+) (\d{16})$/;
const FAILED = /^fail (\d{16}) (.*)$/;

/** What a writer has printed, in any order and with repetitions. */
export class WriterLog {
  /** By their numbers, which never occur twice. */
  private readonly rows = new Map<number, number>();
  private readonly failures = new Map<number, string>();
  /** What has to be added to the writer's clock to have this machine's. It includes the shortest way of a line. */
  private offset = Number.POSITIVE_INFINITY;

  /** Takes a line that has just arrived, or one that was read later, whose arrival says nothing. */
  take(line: string, arrivedAt?: number): void {
    const [, number, at] = ACKNOWLEDGED.exec(line) ?? [];
    if (number !== undefined && at !== undefined) {
      const time = Number(at) / 1000;
      this.rows.set(Number(number), time);
      if (arrivedAt !== undefined) this.offset = Math.min(this.offset, arrivedAt - time);
      return;
    }
    const [, failedAt, reason] = FAILED.exec(line) ?? [];
    if (failedAt !== undefined && reason !== undefined) this.failures.set(Number(failedAt), reason);
  }

  /** By this machine's clock, in the order of time. */
  acknowledged(): Acknowledged[] {
    const offset = Number.isFinite(this.offset) ? this.offset : 0;
    return [...this.rows]
      .map(([number, at]) => ({ number, at: at + offset }))
      .sort((one, other) => one.at - other.at);
  }

  /** The last acknowledged commit, by this machine's clock. Undefined before the first. */
  lastAt(): number | undefined {
    return this.acknowledged().at(-1)?.at;
  }

  /** What the client was told, and how often, the most frequent first. */
  errors(): { message: string; count: number }[] {
    const counts = new Map<string, number>();
    for (const reason of this.failures.values()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    return [...counts]
      .map(([message, count]) => ({ message, count }))
      .sort((one, other) => other.count - one.count);
  }

  get lastError(): string | undefined {
    return [...this.failures.values()].at(-1);
  }
}

/** The longest time without an acknowledged commit that ended after a fault. */
export interface Outage {
  seconds: number;
  /** When it ended. Undefined if no commit has followed. */
  until: number | undefined;
}

/**
 * The longest time between two acknowledgements that ends after the fault, or goes on at the end of the observation. A client
 * that has never committed is without a commit since the fault.
 */
export function outageOf(rows: readonly Acknowledged[], fault: number, end: number): Outage {
  const before = rows.filter(({ at }) => at <= fault).at(-1)?.at ?? fault;
  const after = rows.filter(({ at }) => at > fault).map(({ at }) => at);
  const starts = [before, ...after];
  const gaps: Outage[] = starts.map((start, index) => {
    const until = after[index];
    return { seconds: Math.max(0, (until ?? end) - start) / 1000, until };
  });
  return gaps.reduce((longest, gap) => (gap.seconds > longest.seconds ? gap : longest));
}

/** Acknowledged rows that are not in the table: what must never happen. */
export function lostRows(rows: readonly Acknowledged[], present: readonly Range[]): number {
  return rows.filter(({ number }) => !isIn(number, present)).length;
}

/** Rows in the table whose commit was not acknowledged: a client that repeats them has them twice. */
export function unacknowledgedRows(
  rows: readonly Acknowledged[],
  present: readonly Range[],
): number {
  const last = rows.reduce((greatest, { number }) => Math.max(greatest, number), 0);
  const known = new Set(rows.map(({ number }) => number));
  // Later ones are written while the log is read.
  return present
    .flatMap(([first, end]) =>
      Array.from(
        { length: Math.max(0, Math.min(end, last) - first + 1) },
        (_, index) => first + index,
      ),
    )
    .filter((number) => !known.has(number)).length;
}

function isIn(number: number, ranges: readonly Range[]): boolean {
  return ranges.some(([first, last]) => first <= number && number <= last);
}
