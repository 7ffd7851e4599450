import { parseDuration } from "./published/duration.ts";
import { Engine } from "./engine/engine.ts";
import { finalBackups } from "./backup/final-backup.ts";
import { clearInterruptedRun } from "./engine/interrupted.ts";
import { type ExportedState, protectedComponents, protectionNotice } from "./protected.ts";
import type { Target } from "./target.ts";
import { commandsOn } from "./engine/typed-commands.ts";

export interface DownOptions {
  /** Takes a base backup of each database first. @default false */
  finalBackup?: boolean;
  /** How long each of these may take, until its last WAL is archived: `90m`, `2h`. */
  timeout: string;
}

/**
 * Destroys what `up` deployed; the sandbox goes with it.
 *
 * @throws Error that says what to do when anything of it is protected, or when the final backup that was asked for cannot be
 * taken. Nothing is destroyed then: the engine itself would delete all that does not depend on it first, poolers and
 * schedules of backups among it.
 */
export async function down(
  target: Target,
  stack: string,
  { finalBackup = false, timeout }: DownOptions,
): Promise<void> {
  const timeoutSeconds = parseDuration(timeout);
  if (timeoutSeconds === undefined) {
    throw new Error(
      `--timeout = "${timeout}" is not a valid duration: write hours, minutes and seconds, such as 90m or 2h`,
    );
  }
  const engine = new Engine(target, stack);
  const isThere = engine.exists();
  // What a stack has on a cluster that does not answer is still there, and so it is where nobody knows of a stack at all.
  if ((isThere || target.isOwnedByUser) && !(await target.isReachable())) {
    throw new Error(`nothing was destroyed: ${target.title} does not answer. ${target.whenSilent}`);
  }
  if (!isThere) {
    if (finalBackup) {
      throw new Error(
        `nothing was destroyed: there is no ${stack} on ${target.title} to take a final backup of`,
      );
    }
    process.stdout.write(`there is no stack ${stack} on ${target.title} to be destroyed\n`);
  } else {
    await clearInterruptedRun(target, engine);
    const kept = protectedComponents((await engine.exported()) as ExportedState);
    if (kept.length > 0) throw new Error(protectionNotice(kept, commandsOn(target, stack)));
    if (finalBackup) await finalBackups(target, engine, timeoutSeconds);
    await engine.runBriefly("destroy", "--yes", "--skip-preview");
    await engine.forget();
    // The engine has just told to remove it, which it knows nothing of.
    process.stdout.write("\nthe stack's history is removed as well\n");
  }
  await target.dispose();
}
