import { Engine } from "./engine.ts";
import { clearInterruptedRun } from "./interrupted.ts";
import type { Target } from "./target.ts";

/** Destroys what `up` deployed; the sandbox goes with it. What is protected stays, and the engine says so. */
export async function down(target: Target, stack: string): Promise<void> {
  const engine = new Engine(target, stack);
  if (engine.exists() && (await target.isReachable())) {
    await clearInterruptedRun(target, engine);
    await engine.run("destroy", "--yes", "--skip-preview");
    await engine.forget();
    // The engine has just told to remove it, which it knows nothing of.
    process.stdout.write("\nthe stack's history is removed as well\n");
  }
  await target.dispose();
}
