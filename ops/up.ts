import { deployedClusters } from "./clusters.ts";
import { Engine } from "./engine.ts";
import { clearInterruptedRun } from "./interrupted.ts";
import { generationsOf, settled } from "./rollout.ts";
import { readStackFile, writeDeployedStackFile } from "./stack-file.ts";
import { printStatus } from "./status.ts";
import type { Target } from "./target.ts";

/** Deploys a stack of the project and shows what came of it. On what is deployed already it changes nothing. */
export async function up(target: Target, stack: string, configFile?: string): Promise<void> {
  const { config, ...rest } = await target.prepare(await readStackFile(stack, configFile));
  const engine = new Engine(target, stack);
  await engine.open();
  await clearInterruptedRun(target, engine);
  const located = { ...rest, config: { ...config, "kubernetes:context": target.context } };
  await writeDeployedStackFile(engine.stackFile, located);
  const before = await generationsOf(target, await deployedClusters(engine));
  await engine.run("up", "--yes", "--skip-preview");
  const clusters = await deployedClusters(engine);
  const after = await generationsOf(target, clusters);
  const changed = clusters.filter(
    ({ name }) => before.has(name) && before.get(name) !== after.get(name),
  );
  for (const cluster of changed) await settled(target, cluster);
  await printStatus(target, engine);
}
