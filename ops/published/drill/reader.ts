import type { Ask } from "../ask.ts";
import { quoted } from "../identifiers.ts";

/**
 * Makes the role in a copy that looks into it, of the name that the copy's operating system user may log in as. It logs in by
 * itself, so that nothing that it runs of the application's can become the superuser, and reads all rows: what a policy would
 * hide has been restored as well.
 */
export async function makeReader(restored: Ask, role: string): Promise<void> {
  const answer = await restored(
    "postgres",
    `CREATE ROLE ${quoted(role)} LOGIN BYPASSRLS IN ROLE pg_read_all_data`,
  );
  if ("error" in answer) {
    throw new Error(`the copy has no role that can only read: ${answer.error}`);
  }
}

/**
 * The line of `pg_ident.conf` by which the pod's user, who otherwise is the superuser alone, may log in as that role. What the
 * user is called is up to the image, and nobody else is in the pod.
 */
export function readerIdentity(role: string): string {
  return `local /^ ${role}`;
}
