/** Roles of a cluster as applications log in with them, and what PostgreSQL answers. */
import type { ClientConfig } from "pg";
import { ownerAccess, secret, through } from "../support/database";

/** Settings of a role's own Secret, directly or through the pooler. */
export async function as(name: string, service = "main-rw"): Promise<ClientConfig> {
  const { ca } = await ownerAccess("main");
  const { username = "", password = "", dbname = "" } = await secret(name);
  return { ...(await through(service, { user: username, password, ca })), database: dbname };
}

/** PostgreSQL's code of the error, or that there was none. */
export function codeOf(asked: Promise<unknown>): Promise<string | undefined> {
  return asked.then(
    () => "done",
    (error: unknown) => (error as { code?: string }).code,
  );
}

export const DENIED = "42501";
export const WRONG_PASSWORD = "28P01";
