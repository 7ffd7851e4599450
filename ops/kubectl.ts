import { deletionOf } from "./published/deletion.ts";
import { kubectlOn } from "./published/access.ts";
import type { CallOptions, Kubectl } from "./published/kubectl.ts";
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
 * @throws Error with what it says if it fails.
 */
export function kubectl(target: Target, ...args: string[]): Promise<string> {
  return outputOf(target, args);
}

export async function kubectlJson<T>(target: Target, ...args: string[]): Promise<T> {
  return JSON.parse(await kubectl(target, ...args, "--output=json")) as T;
}

/**
 * Runs `kubectl` on an object, `--filename=-`. It is passed on standard input, since command lines can be read by other
 * users.
 *
 * @throws Error with what it says if it fails.
 */
export function kubectlWith(target: Target, object: object, ...args: string[]): Promise<string> {
  return outputOf(target, [...args, "--filename=-"], { input: JSON.stringify(object) });
}

async function outputOf(target: Target, args: string[], options?: CallOptions): Promise<string> {
  const { ok, output, error } = await kubectlOf(target)(args, options);
  if (!ok) throw new Error(`kubectl ${args.join(" ")} failed: ${error}`);
  return output;
}

/**
 * Deletes an object of a collection, `/api/v1/namespaces/shop/secrets`, unless another object has taken its name since.
 *
 * @throws Error with what it says if it fails.
 */
export async function deleteExactly(
  target: Target,
  collection: string,
  { name, uid }: { name: string; uid: string },
): Promise<void> {
  await kubectlWith(target, deletionOf(uid), "delete", `--raw=${collection}/${name}`);
}
