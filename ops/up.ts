import { deployedClusters } from "./clusters.ts";
import { encryptedPaths, valuesAt, withoutPaths } from "./engine/encrypted-config.ts";
import { Engine } from "./engine/engine.ts";
import { gateOf } from "./engine/gate.ts";
import { clearInterruptedRun } from "./engine/interrupted.ts";
import { generationsOf, waitUntilSettled } from "./rollout.ts";
import {
  readStackFile,
  type StackDocument,
  stackFileOf,
  writeDeployedStackFile,
} from "./stack-file.ts";
import { printStatus } from "./status.ts";
import type { Target } from "./target.ts";
import { factsOf } from "./waits/facts.ts";
import { foresee, foresightNotice } from "./waits/foresight.ts";
import { declaredNamespaces, namespaceFaults } from "./waits/namespaces.ts";
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
  const read = await readStackFile(stack, configFile);
  const encrypted = encryptedPaths(read.config);
  const { config, secrets, ...rest } = await target.prepare({
    ...read,
    config: withoutPaths(read.config, encrypted),
  });
  const engine = new Engine(target, stack);
  await engine.open();
  const decrypted =
    encrypted.length === 0
      ? {}
      : valuesAt(await engine.decrypt(stackFileOf(stack, configFile), read), encrypted);
  await clearInterruptedRun(target, engine);
  const located = { ...rest, config: { ...config, "kubernetes:context": target.context } };
  // Its values are encrypted anew, with the salt of the deployment.
  if (encrypted.length > 0) delete located.encryptionsalt;
  await writeDeployedStackFile(engine.stackFile, located);
  await engine.encrypt({ ...decrypted, ...secrets });
  const before = await generationsOf(target, await deployedClusters(engine));
  await refuseForeseen(target, engine, located.config, new Set(before.keys()));
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
  engine: Engine,
  config: StackDocument["config"],
  existing: ReadonlySet<string>,
): Promise<void> {
  const namespaces = declaredNamespaces(config);
  const names = namespaces.map(({ name }) => name);
  const facts = await factsOf(target, names);
  if (facts === undefined) return;
  const faults = [
    ...namespaceFaults(namespaces, facts.namespaces, await engine.ownNamespaces()),
    ...foresee(config, facts, existing),
  ];
  if (faults.length > 0) throw new Error(foresightNotice(faults, target.title));
}
