/** Many clients at once, each with a connection that stays open. */
import { Client, type ClientConfig } from "pg";

export interface Crowd {
  /** Seconds until all of them were logged in. */
  seconds: number;
  /** Each of them asks something, all at once. @throws the first error. */
  ask: (sql: string) => Promise<number>;
  leave: () => Promise<void>;
}

/** Logs in that many clients at the same time. @throws the first error, with none left. */
export async function crowd(config: ClientConfig, size: number): Promise<Crowd> {
  const clients = Array.from(
    { length: size },
    () => new Client({ ...config, connectionTimeoutMillis: 120_000 }),
  );
  const leave = async () => {
    await Promise.allSettled(clients.map((client) => client.end()));
  };
  for (const client of clients) client.on("error", () => undefined);
  const from = Date.now();
  const logins = await Promise.allSettled(clients.map((client) => client.connect()));
  const seconds = (Date.now() - from) / 1000;
  const failed = logins.find(({ status }) => status === "rejected");
  if (failed) {
    await leave();
    throw (failed as PromiseRejectedResult).reason;
  }
  return {
    seconds,
    ask: async (sql) =>
      (await Promise.all(clients.map((client) => client.query(sql)))).filter(
        ({ rowCount }) => rowCount === 1,
      ).length,
    leave,
  };
}
