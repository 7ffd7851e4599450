import { parseDuration } from "./published/duration.ts";
import { Engine } from "./engine/engine.ts";
import { takeFinalBackups } from "./backup/final-backup.ts";
import { clearInterruptedRun } from "./engine/interrupted.ts";
import { type ExportedState, protectedComponents, protectionNotice } from "./protected.ts";
import type { Target } from "./target.ts";
import { commandsOn } from "./engine/typed-commands.ts";

export interface DownOptions {
  /** Takes a base backup of each database first. @default false */
  finalBackup?: boolean;
  /** Time limit of each backup, until its last WAL is archived: `90m`, `2h`. */
  timeout: string;
}

/**
 * Destroys what `up` deployed, including the sandbox.
 *
 * @throws Error with the remedy if anything is protected, or if the requested final backup cannot be taken. Nothing is
 * destroyed then: the engine itself would first delete everything that the protected resources do not need, such as
 * poolers and schedules of backups.
 */
export async function down(
  target: Target,
  stack: string,
  { finalBackup = false, timeout }: DownOptions,
): Promise<void> {
  const timeoutSeconds = parseDuration(timeout);
  if (timeoutSeconds === undefined) {
    throw new Error(
      `--timeout = "${timeout}": is not a valid duration. Write hours, minutes and seconds, such as 90m or 2h.`,
    );
  }
  const engine = new Engine(target, stack);
  const isThere = engine.exists();
  // Resources on a cluster that does not answer still exist, even if no local state of the stack exists.
  if ((isThere || target.isOwnedByUser) && !(await target.isReachable())) {
    throw new Error(`nothing was destroyed: ${target.title} does not answer. ${target.whenSilent}`);
  }
  if (!isThere) {
    if (finalBackup) {
      throw new Error(
        `nothing was destroyed: the stack ${stack} is not deployed on ${target.title} and cannot be backed up`,
      );
    }
    process.stdout.write(
      `the stack ${stack} is not deployed on ${target.title}: nothing to destroy\n`,
    );
  } else {
    await clearInterruptedRun(target, engine);
    const kept = protectedComponents((await engine.exportState()) as ExportedState);
    if (kept.length > 0) throw new Error(protectionNotice(kept, commandsOn(target, stack)));
    if (finalBackup) await takeFinalBackups(target, engine, timeoutSeconds);
    await engine.runBriefly("destroy", "--yes", "--skip-preview");
    await engine.forget();
    // The engine has just printed a hint to remove it, without knowing of this command.
    process.stdout.write("\nthe stack's history has been removed too\n");
  }
  await target.dispose();
}
