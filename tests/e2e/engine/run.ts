/**
 * The engine on a program of the tests, with a state of its own in the sandbox:
 * `node run.ts <folder of the program> up|preview|drift|destroy <configuration as JSON> [<configuration of the policy pack>]`.
 * Prints the outputs as JSON, in a line of their own. A preview fails when there is anything to change, unless it goes
 * through the policy pack; `drift` is one that first looks at what the objects have become.
 */
import { basename, join, resolve } from "node:path";
import { Engine } from "../../../ops/engine/engine.ts";
import { writeDeployedStackFile } from "../../../ops/stack-file.ts";
import { targetOf } from "../../../ops/target.ts";
import { stateDir } from "../../../sandbox/paths.ts";

const [folder = "", command = "", settings = "{}", policies] = process.argv.slice(2);
const program = resolve(folder);
const name = basename(program);

const target = targetOf(undefined);
const { config } = await target.prepare({
  config: JSON.parse(settings) as Record<string, unknown>,
});
const stateFolder = join(stateDir, `pulumi-${name}`);
const engine = new Engine({ ...target, stateFolder }, name, program);
await engine.open();
await writeDeployedStackFile(engine.stackFile, {
  config: {
    ...config,
    "kubernetes:context": target.context,
    "kubernetes:enableSecretMutable": "true",
  },
});
await (command === "drift"
  ? engine.run("preview", "--refresh", "--expect-no-changes")
  : engine.run(command, ...options()));
process.stdout.write(`\n${JSON.stringify(await engine.outputs())}\n`);

function options(): string[] {
  const isPreview = command === "preview";
  if (policies === undefined) {
    return isPreview ? ["--expect-no-changes"] : ["--yes", "--skip-preview"];
  }
  const pack = join(import.meta.dirname, "..", "..", "..", "policy");
  const gate = ["--policy-pack", pack, "--policy-pack-config", policies];
  return isPreview ? gate : ["--yes", ...gate];
}
