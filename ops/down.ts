import { Engine } from "./engine.ts";
import type { Target } from "./target.ts";

/** Destroys what `up` deployed; the sandbox goes with it. What is protected stays, and the engine says so. */
export async function down(target: Target, stack: string): Promise<void> {
  const engine = new Engine(target, stack);
  if (engine.exists() && (await target.isReachable())) {
    await engine.run("destroy", "--yes", "--skip-preview", "--remove");
  }
  await target.dispose();
}
