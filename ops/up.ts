import { Engine } from "./engine.ts";
import { readStackFile, writeDeployedStackFile } from "./stack-file.ts";
import { printStatus } from "./status.ts";
import type { Target } from "./target.ts";

/** Deploys a stack of the project and shows what came of it. On what is deployed already it changes nothing. */
export async function up(target: Target, stack: string): Promise<void> {
  const declared = await readStackFile(stack);
  const adapt = await target.prepare();
  const engine = new Engine(target, stack);
  await engine.open();
  const { config, ...rest } = adapt(declared);
  const located = { ...rest, config: { ...config, "kubernetes:context": target.context } };
  await writeDeployedStackFile(engine.stackFile, located);
  await engine.run("up", "--yes", "--skip-preview");
  await printStatus(target, engine);
}
