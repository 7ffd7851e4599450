import type { Ask } from "../ask.ts";
import { quoted } from "../identifiers.ts";

/**
 * Creates the read-only role in a copy, with the name that the operating system user of the copy may log in as. The
 * role has its own login, so that application code that it runs cannot become superuser. It bypasses row security,
 * since hidden rows have been restored as well.
 */
export async function makeReader(restored: Ask, role: string): Promise<void> {
  const answer = await restored(
    "postgres",
    `CREATE ROLE ${quoted(role)} LOGIN BYPASSRLS IN ROLE pg_read_all_data`,
  );
  if ("error" in answer) {
    throw new Error(`the read-only role of the copy could not be created: ${answer.error}`);
  }
}

/**
 * The line of `pg_ident.conf` that allows the pod's user, otherwise the superuser only, to log in as that role. The
 * image decides the name of that user, and the pod has no other users.
 */
export function readerIdentity(role: string): string {
  return `local /^ ${role}`;
}
