/** The programs in `stacks/`, deployed to the sandbox by the real engine. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Result, root, run } from "./commands";

export type Command = "up" | "preview" | "drift" | "destroy";

/** Runs the engine on a program. @throws Error with all that it said when it fails. Returns the program's outputs. */
export async function onStack<Outputs>(
  name: string,
  command: Command,
  config: Record<string, unknown>,
): Promise<Outputs> {
  const { code, output, all } = await engineOn(name, command, config);
  if (code !== 0) throw new Error(`pulumi ${command} of ${name} failed:\n${all}`);
  return JSON.parse(output.trimEnd().split("\n").at(-1) ?? "") as Outputs;
}

/** Runs the engine on a program through the policy pack, with these levels, and returns whatever came of it. */
export async function judgedStack(
  name: string,
  command: Command,
  config: Record<string, unknown>,
  policies: Record<string, unknown>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "ha-postgres-policies-"));
  const file = join(folder, "policies.json");
  writeFileSync(file, JSON.stringify(policies));
  try {
    return await engineOn(name, command, config, file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function engineOn(
  name: string,
  command: Command,
  config: Record<string, unknown>,
  ...policies: string[]
): Promise<Result> {
  return run("node", [
    join(root, "ops", "setup.mjs"),
    join(root, "tests", "e2e", "engine", "run.ts"),
    ...[join(root, "tests", "e2e", "stacks", name), command, JSON.stringify(config)],
    ...policies,
  ]);
}
