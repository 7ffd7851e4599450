import { deployedClusters } from "./clusters.ts";
import { Engine } from "./engine/engine.ts";
import { gateOf } from "./engine/gate.ts";
import { clearInterruptedRun } from "./engine/interrupted.ts";
import { generationsOf, waitUntilSettled } from "./rollout.ts";
import { readStackFile, type StackDocument, writeDeployedStackFile } from "./stack-file.ts";
import { printStatus } from "./status.ts";
import type { Target } from "./target.ts";
import { factsOf } from "./waits/facts.ts";
import { foresee, foresightNotice } from "./waits/foresight.ts";
import { reportWaits } from "./waits/watch.ts";

/** Files that replace the default ones. */
interface Files {
  /** Instead of Pulumi.<stack>.yaml. */
  configFile?: string;
  /** Instead of the profile of the stack. */
  policyPackConfig?: string;
}

/** Deploys a stack of the project through the policy pack, and shows the result. A deployed stack is not changed. */
export async function up(target: Target, stack: string, files: Files): Promise<void> {
  const { configFile, policyPackConfig } = files;
  const {
    config,
    secrets = {},
    ...rest
  } = await target.prepare(await readStackFile(stack, configFile));
  const engine = new Engine(target, stack);
  await engine.open();
  await clearInterruptedRun(target, engine);
  const located = { ...rest, config: { ...config, "kubernetes:context": target.context } };
  await writeDeployedStackFile(engine.stackFile, located);
  await engine.encrypt(secrets);
  const before = await generationsOf(target, await deployedClusters(engine));
  await refuseForeseen(target, located.config, new Set(before.keys()));
  const gate = await gateOf(target, stack, located, policyPackConfig);
  await reportWaits(
    target,
    () => engine.waitedNamespaces(),
    () => engine.runBriefly("up", "--yes", ...gate.options),
  );
  await gate.passed();
  const clusters = await deployedClusters(engine);
  const after = await generationsOf(target, clusters);
  const changed = clusters.filter(
    ({ name }) => before.has(name) && before.get(name) !== after.get(name),
  );
  for (const cluster of changed) {
    await reportWaits(
      target,
      () => Promise.resolve([cluster.namespace]),
      () => waitUntilSettled(target, cluster),
    );
  }
  await printStatus(target, engine);
}

/** @throws Error with everything that would wait indefinitely, before anything is created. */
async function refuseForeseen(
  target: Target,
  config: StackDocument["config"],
  existing: ReadonlySet<string>,
): Promise<void> {
  const namespace = config["ha-postgres:namespace"];
  const facts = await factsOf(target, typeof namespace === "string" ? namespace : "databases");
  const faults = facts === undefined ? [] : foresee(config, facts, existing);
  if (faults.length > 0) throw new Error(foresightNotice(faults, target.title));
}
