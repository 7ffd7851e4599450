import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "./engine.ts";
import { kubectl, kubectlJson } from "./kubectl.ts";
import type { Target } from "./target.ts";

/**
 * Clears what a run left behind that was killed: the engine's lock, and Helm releases that are for ever about to be
 * installed. Both stand in the way of every later run, and neither says anything about a process that is gone.
 */
export async function clearInterruptedRun(target: Target, engine: Engine): Promise<void> {
  const holders = await lockHolders(target);
  if (holders.length === 0) return;
  const living = holders.filter(isAlive);
  if (living.length > 0) {
    throw new Error(
      `process ${living.join(", ")} works on the stack ${engine.stack}; wait for it, or end it`,
    );
  }
  await engine.unlock();
  await deletePendingReleases(target);
  await completePendingCreates(target, engine);
}

interface Deployment {
  deployment: { pending_operations?: { type: string; resource: PendingResource }[] };
}

interface PendingResource {
  urn: string;
  type: string;
  inputs: { metadata?: { name?: string; namespace?: string } };
}

/**
 * Tells the engine which objects had been created when it was killed, and to forget the rest. Otherwise it would create
 * them once more, which newer providers refuse.
 */
async function completePendingCreates(target: Target, engine: Engine): Promise<void> {
  const { deployment } = (await engine.exported()) as Deployment;
  const pending = (deployment.pending_operations ?? []).filter(({ type }) => type === "creating");
  if (pending.length === 0) return;
  const found = await Promise.all(
    pending.map(async ({ resource }) => {
      const id = await existingObject(target, resource);
      return id === undefined ? [] : [resource.urn, id];
    }),
  );
  const imports = found.flat().flatMap((value) => ["--import-pending-creates", value]);
  await engine.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates", ...imports);
}

/** The provider's id of a Kubernetes object, if the object is there. */
async function existingObject(
  target: Target,
  resource: PendingResource,
): Promise<string | undefined> {
  const [, groupVersion, kind] = /^kubernetes:([^:]+):([^:]+)$/.exec(resource.type) ?? [];
  const { name, namespace } = resource.inputs.metadata ?? {};
  if (groupVersion === undefined || kind === undefined || name === undefined) return undefined;
  const [group = "", version = ""] = groupVersion.split("/");
  const kindName = group === "core" ? kind : `${kind}.${version}.${group}`;
  const place = namespace === undefined ? [] : [`--namespace=${namespace}`];
  const answer = await kubectl(
    target,
    "get",
    kindName,
    name,
    ...place,
    "--ignore-not-found",
    "--output=name",
  );
  if (answer === "") return undefined;
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The processes that hold the stack, as the file backend notes them. */
async function lockHolders(target: Target): Promise<number[]> {
  const folder = join(target.stateFolder, ".pulumi", "locks");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const locks = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".json"));
  return Promise.all(
    locks.map(async ({ parentPath, name }) => {
      const { pid } = JSON.parse(await readFile(join(parentPath, name), "utf8")) as { pid: number };
      return pid;
    }),
  );
}

interface HelmRecord {
  metadata: { name: string; namespace: string };
}

/**
 * Removes the record of an installation or upgrade that was cut off. What it has created stays, and the next
 * installation of the same name takes it over.
 */
async function deletePendingReleases(target: Target): Promise<void> {
  const selector = "owner=helm,status in (pending-install, pending-upgrade, pending-rollback)";
  const { items } = await kubectlJson<{ items: HelmRecord[] }>(
    target,
    ...["get", "secrets", "--all-namespaces", `--selector=${selector}`],
  );
  for (const { metadata } of items) {
    await kubectl(target, "delete", "secret", metadata.name, `--namespace=${metadata.namespace}`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
