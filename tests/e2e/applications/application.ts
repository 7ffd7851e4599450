/** An application as the guide tells to write it: its retry is the guide's own code. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { Pool, type ClientConfig, type PoolClient } from "pg";
import { root } from "../support/commands";
import { query } from "../support/database";

type Transaction = <T>(pool: Pool, work: (client: PoolClient) => Promise<T>) => Promise<T>;

function transactionOfGuide(): Transaction {
  const guide = readFileSync(join(root, "docs/guides/applications.md"), "utf8");
  const blocks = [...guide.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
  const retry = blocks.find((code) => code.includes("function transaction(")) ?? "";
  return runInThisContext(`(() => { ${retry}; return transaction; })()`) as Transaction;
}

export interface ApplicationReport {
  done: number;
  /** Transactions that were acknowledged and are not there. */
  lost: number;
  /** How long the slowest transaction took, with all its tries. */
  slowestSeconds: number;
  /** What the application was told in spite of the retry. */
  errors: string[];
}

/** Four requests at a time, one transaction each. */
export class Application {
  private readonly pool: Pool;
  private readonly work: Promise<void>[] = [];
  private readonly done: string[] = [];
  private readonly errors: string[] = [];
  private slowest = 0;
  private isStopped = false;

  constructor(private readonly config: ClientConfig) {
    this.pool = new Pool({
      ...config,
      connectionTimeoutMillis: 5000,
      query_timeout: 30_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5000,
    });
    this.pool.on("error", () => undefined);
  }

  async start(): Promise<void> {
    await query(this.config, "CREATE TABLE IF NOT EXISTS requested (id text PRIMARY KEY)");
    await query(this.config, "TRUNCATE requested");
    const transaction = transactionOfGuide();
    for (const worker of [1, 2, 3, 4]) this.work.push(this.requests(worker, transaction));
  }

  /** Ends it: for a test that has failed before it came to `stop`. */
  async abandon(): Promise<void> {
    this.isStopped = true;
    await Promise.all(this.work);
    if (!this.pool.ending) await this.pool.end();
  }

  async stop(): Promise<ApplicationReport> {
    await this.abandon();
    const rows = await query<{ id: string }>(this.config, "SELECT id FROM requested");
    const present = new Set(rows.map(({ id }) => id));
    return {
      done: this.done.length,
      lost: this.done.filter((id) => !present.has(id)).length,
      slowestSeconds: this.slowest / 1000,
      errors: this.errors,
    };
  }

  private async requests(worker: number, transaction: Transaction): Promise<void> {
    for (let count = 0; !this.isStopped; count += 1) {
      const id = `${worker}-${count}`;
      const from = Date.now();
      try {
        await transaction(this.pool, (client) =>
          client.query("INSERT INTO requested VALUES ($1) ON CONFLICT DO NOTHING", [id]),
        );
        this.done.push(id);
      } catch (error) {
        this.errors.push(String(error));
      }
      this.slowest = Math.max(this.slowest, Date.now() - from);
    }
  }
}
