/** `kubectl` without the command around it, where that would take longer than what is looked at. */
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder, type Result, run } from "./commands";

/** `kubectl` on the sandbox. */
export function direct(...args: string[]): Promise<Result> {
  const kubeconfig = join(cacheFolder, "cluster", "kubeconfig");
  return run(join(cacheFolder, "bin", "kubectl"), ["--kubeconfig", kubeconfig, ...args]);
}

/** The same. @throws Error with its words when it fails. */
export async function directOk(...args: string[]): Promise<string> {
  const { code, output, all } = await direct(...args);
  if (code !== 0) throw new Error(`kubectl ${args.join(" ")} failed:\n${all}`);
  return output;
}

export async function apply(...objects: object[]): Promise<void> {
  const file = join(tmpdir(), `ha-postgres-objects-${process.pid}.json`);
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
  await directOk("apply", "--filename", file);
}
