import { delimiter } from "node:path";
import { execa } from "execa";
import { binDir } from "../sandbox/paths.ts";
import { type Target, programPath } from "./target.ts";

/** The arguments that keep `kubectl` on the target. */
export function kubectlArguments({ context }: Target): string[] {
  return ["--context", context];
}

export function kubectlEnvironment({ kubeconfig }: Target): Record<string, string> {
  if (kubeconfig === undefined) return { PATH: programPath() };
  return { PATH: [binDir, programPath()].join(delimiter), KUBECONFIG: kubeconfig };
}

/** Runs `kubectl` on the target. @throws ExecaError with its words when it fails. */
export async function kubectl(target: Target, ...args: string[]): Promise<string> {
  const { stdout } = await execa("kubectl", [...kubectlArguments(target), ...args], {
    env: kubectlEnvironment(target),
  });
  return stdout;
}

export async function kubectlJson<T>(target: Target, ...args: string[]): Promise<T> {
  return JSON.parse(await kubectl(target, ...args, "--output=json")) as T;
}
