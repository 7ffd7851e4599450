import { readFile, writeFile } from "node:fs/promises";
import { kubectl, kubectlJson, kubectlWith } from "../kubectl.ts";
import { besideExisting, KEY_LABEL, keyBackup, type KeySecret, parseKeyBackup } from "./backup.ts";
import type { Target } from "../target.ts";

/**
 * Writes all keys of all Sealed Secrets controllers into a new file that only its owner can read. With it everything
 * that was ever sealed can be read, so do not store it in the repository with the sealed form.
 *
 * @throws Error if the file exists: it may be the only copy of an older key.
 */
export async function backUpSealingKeys(target: Target, file: string): Promise<void> {
  await assertReachable(target);
  const { items } = await kubectlJson<{ items: KeySecret[] }>(
    target,
    "get",
    "secrets",
    "--all-namespaces",
    `--selector=${KEY_LABEL}`,
  );
  if (items.length === 0) throw new Error(`${target.title} has no sealing keys`);
  const text = `${JSON.stringify(keyBackup(items), null, 2)}\n`;
  await writeFile(file, text, { flag: "wx", mode: 0o600 }).catch((error: unknown) => {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    throw exists ? new Error(`${file} already exists and is not overwritten`) : error;
  });
  for (const { metadata } of items) print(`${metadata.namespace}/${metadata.name}`);
  print(
    `${items.length} keys in ${file}: anyone with this file can read everything that was sealed`,
  );
}

/** Restores the keys of a backup in addition to existing ones, and restarts the controllers to read them. */
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
    "get",
    "secret",
    name,
    `--namespace=${namespace}`,
    "--ignore-not-found",
    "--output=json",
  );
  return found === "" ? undefined : (JSON.parse(found) as KeySecret);
}

async function apply(target: Target, secret: KeySecret): Promise<void> {
  // Applied server-side, since client-side apply stores a second copy of the key in an annotation.
  await kubectlWith(target, secret, "apply", "--server-side", "--force-conflicts");
}

/** The controller reads its keys only when it starts. */
async function restartControllers(target: Target): Promise<void> {
  const selector = "--selector=app.kubernetes.io/name=sealed-secrets";
  const { items } = await kubectlJson<{ items: { metadata: KeySecret["metadata"] }[] }>(
    target,
    "get",
    "deployments",
    "--all-namespaces",
    selector,
  );
  for (const { metadata } of items) {
    const deployment = [`deployment/${metadata.name}`, `--namespace=${metadata.namespace}`];
    await kubectl(target, "rollout", "restart", ...deployment);
    await kubectl(target, "rollout", "status", ...deployment, "--timeout=3m");
  }
  if (items.length === 0) print("no controller is installed yet: it reads the keys when it starts");
}

async function assertReachable(target: Target): Promise<void> {
  if (!(await target.isReachable())) throw new Error(`${target.title} does not answer`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
