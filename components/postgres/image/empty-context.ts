import { mkdirSync, readdirSync } from "node:fs";

/**
 * The same on every machine: the provider builds again if it changes. Nothing of the program's own folder may be in the
 * context, since every change there would be a change of the image, and so a restart of the databases.
 */
export const EMPTY_CONTEXT = "/tmp/ha-postgres-empty-context";

/**
 * Creates the folder that is sent to the builder, which takes no build without one.
 *
 * @throws Error if somebody else has put something there.
 */
export function emptyContext(folder = EMPTY_CONTEXT): string {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) {
    throw new Error(
      `${folder} must be empty: it is the context of builds that take nothing from it. Remove what is in it.`,
    );
  }
  return folder;
}
