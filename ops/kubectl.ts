import { execa } from "execa";
import { type Target, environmentOf } from "./target.ts";

/** The arguments that keep `kubectl` on the target. */
export function kubectlArguments({ context }: Target): string[] {
  return ["--context", context];
}

/** Runs `kubectl` on the target. @throws ExecaError with its words when it fails. */
export async function kubectl(target: Target, ...args: string[]): Promise<string> {
  const { stdout } = await execa("kubectl", [...kubectlArguments(target), ...args], {
    env: environmentOf(target),
  });
  return stdout;
}

export async function kubectlJson<T>(target: Target, ...args: string[]): Promise<T> {
  return JSON.parse(await kubectl(target, ...args, "--output=json")) as T;
}

/** Creates an object. @throws ExecaError with the words of `kubectl` when it cannot be. */
export async function kubectlCreate(
  target: Target,
  namespace: string,
  object: object,
): Promise<void> {
  const options = { env: environmentOf(target), input: JSON.stringify(object) };
  await execa(
    "kubectl",
    [...kubectlArguments(target), "create", `--namespace=${namespace}`, "--filename=-"],
    options,
  );
}
