import { readFile, writeFile } from "node:fs/promises";
import { kubectl, kubectlJson, kubectlWith } from "../kubectl.ts";
import { besideExisting, KEY_LABEL, keyBackup, type KeySecret, parseKeyBackup } from "./backup.ts";
import type { Target } from "../target.ts";

/**
 * Writes all keys of all Sealed Secrets controllers into a new file that only its owner can read. Whoever has it can read
 * all that was ever sealed: it belongs somewhere else than the repository with the sealed form.
 *
 * @throws Error when the file is there already, since what it holds may be the only copy of an older key.
 */
export async function backUpSealingKeys(target: Target, file: string): Promise<void> {
  await assertReachable(target);
  const { items } = await kubectlJson<{ items: KeySecret[] }>(
    target,
    ...["get", "secrets", "--all-namespaces", `--selector=${KEY_LABEL}`],
  );
  if (items.length === 0) throw new Error(`there are no sealing keys on ${target.title}`);
  const text = `${JSON.stringify(keyBackup(items), null, 2)}\n`;
  await writeFile(file, text, { flag: "wx", mode: 0o600 }).catch((error: unknown) => {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    throw exists ? new Error(`${file} is there already and is not overwritten`) : error;
  });
  for (const { metadata } of items) print(`${metadata.namespace}/${metadata.name}`);
  print(`${items.length} keys in ${file}: whoever has this file can read all that was sealed`);
}

/** Brings the keys of a backup back, beside those that are there, and has the controllers read them. */
export async function restoreSealingKeys(target: Target, file: string): Promise<void> {
  const { items } = parseKeyBackup(await readFile(file, "utf8"));
  await assertReachable(target);
  for (const item of items) {
    const secret = besideExisting(item, await existingSecret(target, item));
    await apply(target, secret);
    print(`${secret.metadata.namespace}/${secret.metadata.name}`);
  }
  await restartControllers(target);
}

async function existingSecret(
  target: Target,
  { metadata }: KeySecret,
): Promise<KeySecret | undefined> {
  const { name, namespace } = metadata;
  const found = await kubectl(
    target,
    ...["get", "secret", name, `--namespace=${namespace}`, "--ignore-not-found", "--output=json"],
  );
  return found === "" ? undefined : (JSON.parse(found) as KeySecret);
}

async function apply(target: Target, secret: KeySecret): Promise<void> {
  // On the server's side, since kubectl's own way keeps a second copy of the key in an annotation.
  await kubectlWith(target, secret, "apply", "--server-side", "--force-conflicts");
}

/** The controller reads its keys when it starts, and never again. */
async function restartControllers(target: Target): Promise<void> {
  const selector = "--selector=app.kubernetes.io/name=sealed-secrets";
  const { items } = await kubectlJson<{ items: { metadata: KeySecret["metadata"] }[] }>(
    target,
    ...["get", "deployments", "--all-namespaces", selector],
  );
  for (const { metadata } of items) {
    const deployment = [`deployment/${metadata.name}`, `--namespace=${metadata.namespace}`];
    await kubectl(target, "rollout", "restart", ...deployment);
    await kubectl(target, "rollout", "status", ...deployment, "--timeout=3m");
  }
  if (items.length === 0) print("there is no controller yet; it reads the keys when it starts");
}

async function assertReachable(target: Target): Promise<void> {
  if (!(await target.isReachable())) throw new Error(`${target.title} does not answer`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
