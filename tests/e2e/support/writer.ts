/** A client that commits one row after the other and remembers which commits were acknowledged. */
import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, type ClientConfig } from "pg";
import { query } from "./database";

export interface WriterReport {
  acknowledged: number;
  /** Acknowledged rows that are not in the table: what must never happen. */
  lost: number;
  /** The longest time between two acknowledged commits. */
  longestGapSeconds: number;
  /** How often it was told what instead of an acknowledgement: `SQLSTATE message`. */
  errors: Record<string, number>;
}

/** A connection whose server is gone must fail soon; the default waits for the kernel, minutes. */
const soon: ClientConfig = { query_timeout: 5000, keepAlive: true };

export class Writer {
  private readonly config: ClientConfig;
  private connections = 0;
  private readonly acknowledged: { id: number; at: number }[] = [];
  private readonly errors = new Map<string, number>();
  private readonly end = new AbortController();
  private work: Promise<void> = Promise.resolve();

  /** Writers that write at the same time need a table each. */
  constructor(
    config: ClientConfig,
    timeouts: ClientConfig = soon,
    private readonly table = "written",
  ) {
    this.config = { ...config, ...timeouts };
  }

  /** Ends the writing, whatever came of it: for a test that has failed before it came to `stop`. */
  abandon(): Promise<void> {
    this.end.abort();
    return this.work;
  }

  async start(): Promise<void> {
    await query(this.config, `CREATE TABLE IF NOT EXISTS ${this.table} (id bigint PRIMARY KEY)`);
    await query(this.config, `TRUNCATE ${this.table}`);
    this.work = this.write();
    while (this.acknowledged.length === 0) await sleep(50);
  }

  /** The number of the connection that is in use: it grows with each that had to be made anew. */
  get connection(): number {
    return this.connections;
  }

  /** Waits for more commits over a later connection than the given one. @throws Error after that time, milliseconds. */
  async commitsAfter(connection: number, count: number, timeoutMs = 120_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    let enough: number | undefined;
    while (enough === undefined || this.acknowledged.length < enough) {
      if (this.connections > connection) enough ??= this.acknowledged.length + count;
      if (Date.now() > deadline) throw new Error("the writer does not get through");
      await sleep(50);
    }
  }

  /** Waits for more commits. @throws Error after two minutes. */
  async commits(count: number): Promise<void> {
    const deadline = Date.now() + 120_000;
    const enough = this.acknowledged.length + count;
    while (this.acknowledged.length < enough) {
      if (Date.now() > deadline) throw new Error("the writer does not get through");
      await sleep(50);
    }
  }

  /** Ends the writing and compares what was acknowledged with what is there. */
  async stop(): Promise<WriterReport> {
    await this.abandon();
    const rows = await query<{ id: string }>(this.config, `SELECT id FROM ${this.table}`);
    const present = new Set(rows.map(({ id }) => Number(id)));
    const gaps = this.acknowledged
      .slice(1)
      .map(({ at }, index) => at - (this.acknowledged[index]?.at ?? at));
    return {
      acknowledged: this.acknowledged.length,
      lost: this.acknowledged.filter(({ id }) => !present.has(id)).length,
      longestGapSeconds: gaps.reduce((longest, gap) => Math.max(longest, gap), 0) / 1000,
      errors: Object.fromEntries(this.errors),
    };
  }

  /** Those that were acknowledged until a time, milliseconds, and are not in the table of another database. */
  async missingIn(config: ClientConfig, until = Infinity): Promise<{ of: number; lost: number }> {
    const rows = await query<{ id: string }>(config, `SELECT id FROM ${this.table}`);
    const present = new Set(rows.map(({ id }) => Number(id)));
    const asked = this.acknowledged.filter(({ at }) => at <= until);
    return { of: asked.length, lost: asked.filter(({ id }) => !present.has(id)).length };
  }

  private async write(): Promise<void> {
    const { signal } = this.end;
    const isStopped = () => signal.aborted;
    let id = 0;
    while (!isStopped()) {
      const socket = new Socket();
      const client = new Client({ ...this.config, stream: () => socket });
      // A lost connection is also told to the query, which is where it is dealt with.
      client.on("error", () => undefined);
      try {
        await client.connect();
        this.connections += 1;
        while (!isStopped()) {
          id += 1;
          await client.query(`INSERT INTO ${this.table} VALUES ($1)`, [id]);
          this.acknowledged.push({ id, at: Date.now() });
          await sleep(5);
        }
      } catch (error) {
        const { code = "", message } = error as Error & { code?: string };
        const told = `${code} ${message}`.trim();
        this.errors.set(told, (this.errors.get(told) ?? 0) + 1);
        // Not acknowledged: it may or may not be there, and the next number goes on.
        await sleep(100);
      } finally {
        // A server that hangs does not answer this either.
        await Promise.race([client.end().catch(() => undefined), sleep(1000)]);
        socket.destroy();
      }
    }
  }
}
