/** The programs in `stacks/`, deployed to the sandbox by the real engine. */
import { join } from "node:path";
import { root, run } from "./commands";

/** Runs the engine on a program. @throws Error with all that it said when it fails. Returns the program's outputs. */
export async function onStack<Outputs>(
  name: string,
  command: "up" | "preview" | "destroy",
  config: Record<string, unknown>,
): Promise<Outputs> {
  const { code, output, all } = await run("node", [
    join(root, "ops", "setup.mjs"),
    join(root, "tests", "e2e", "engine", "run.ts"),
    ...[join(root, "tests", "e2e", "stacks", name), command, JSON.stringify(config)],
  ]);
  if (code !== 0) throw new Error(`pulumi ${command} of ${name} failed:\n${all}`);
  return JSON.parse(output.trimEnd().split("\n").at(-1) ?? "") as Outputs;
}
