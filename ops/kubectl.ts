import { execa } from "execa";
import { deletionOf } from "./published/deletion.ts";
import { kubectlOn } from "./published/access.ts";
import type { Kubectl } from "./published/kubectl.ts";
import { type Target, environmentOf } from "./target.ts";

/** The arguments that keep `kubectl` on the target. */
export function kubectlArguments({ context }: Target): string[] {
  return ["--context", context];
}

/** `kubectl` on the target for code that also handles failures, as the drill does. */
export function kubectlOf(target: Target): Kubectl {
  const { context } = target;
  return kubectlOn({ context, environment: environmentOf(target), whenSilent: "" });
}

/** The `kubectl` command of a user on the target. */
export function kubectlCommand({
  context,
  kubeconfig,
}: Pick<Target, "context" | "kubeconfig">): string {
  return kubeconfig === undefined
    ? `kubectl --context=${context}`
    : "npm run --silent sandbox -- kubectl";
}

/**
 * Runs `kubectl` on the target.
 *
 * @throws ExecaError with its output if it fails.
 */
export async function kubectl(target: Target, ...args: string[]): Promise<string> {
  const { stdout } = await execa("kubectl", [...kubectlArguments(target), ...args], {
    env: environmentOf(target),
  });
  return stdout;
}

export async function kubectlJson<T>(target: Target, ...args: string[]): Promise<T> {
  return JSON.parse(await kubectl(target, ...args, "--output=json")) as T;
}

/**
 * Runs `kubectl` on an object, `--filename=-`. It is passed on standard input, since command lines can be read by other
 * users.
 *
 * @throws ExecaError with its output if it fails.
 */
export async function kubectlWith(
  target: Target,
  object: object,
  ...args: string[]
): Promise<string> {
  const { stdout } = await execa(
    "kubectl",
    [...kubectlArguments(target), ...args, "--filename=-"],
    {
      env: environmentOf(target),
      input: JSON.stringify(object),
    },
  );
  return stdout;
}

/**
 * Deletes an object of a collection, `/api/v1/namespaces/shop/secrets`, unless another object has taken its name since.
 *
 * @throws ExecaError with its output if it fails.
 */
export async function deleteExactly(
  target: Target,
  collection: string,
  { name, uid }: { name: string; uid: string },
): Promise<void> {
  await kubectlWith(target, deletionOf(uid), "delete", `--raw=${collection}/${name}`);
}
