import type { Engine } from "./engine.ts";
import {
  abandonedRecords,
  type HelmRecord,
  releaseNamespaces,
  type StackState,
  type StateResource,
} from "./helm-records.ts";
import { deleteExactly, kubectl, kubectlJson } from "../kubectl.ts";
import { holderOf, isHeld, locksOn } from "./locks.ts";
import type { Target } from "../target.ts";
import { commandsOn } from "./typed-commands.ts";

/**
 * Clears what a killed run has left behind: the engine's lock, and Helm releases with a pending installation. Both
 * block every later run, and neither shows whether the process still runs.
 *
 * @throws Error that names the holder of the stack if that run may still be active.
 */
export async function clearInterruptedRun(target: Target, engine: Engine): Promise<void> {
  const locks = await locksOn(target.stateFolder, engine);
  if (locks.length === 0) return;
  const held = locks.filter((lock) => isHeld(lock));
  if (held.length > 0) {
    throw new Error(
      `the stack ${engine.stack} on ${target.title} is in use by ${held.map(holderOf).join(", ")}. Wait for it, or end it. ` +
        `If it has certainly ended, remove its lock with \`${commandsOn(target, engine.stack).npm("pulumi")} cancel --yes\``,
    );
  }
  await engine.unlock();
  const state = (await engine.exportState()) as StackState;
  const [lockedAt] = locks.flatMap(({ timestamp }) => timestamp ?? []).sort();
  await deleteAbandonedRecords(target, state, lockedAt);
  await completePendingCreates(target, engine, state);
}

/**
 * Reports the objects to the engine that had been created when it was killed, and clears the rest. Otherwise it would
 * create them again, which newer providers refuse.
 */
async function completePendingCreates(
  target: Target,
  engine: Engine,
  { deployment = {} }: StackState,
): Promise<void> {
  const pending = (deployment.pending_operations ?? []).filter(({ type }) => type === "creating");
  if (pending.length === 0) return;
  const found = await Promise.all(
    pending.map(async ({ resource }) => {
      const id = await existingObject(target, resource);
      return id === undefined ? [] : [resource.urn, id];
    }),
  );
  const imports = found.flat().flatMap((value) => ["--import-pending-creates", value]);
  await engine.runBriefly(
    "refresh",
    "--yes",
    "--skip-preview",
    "--clear-pending-creates",
    ...imports,
  );
}

/** The provider's id of a Kubernetes object, if it exists. */
async function existingObject(
  target: Target,
  { type, inputs = {} }: StateResource,
): Promise<string | undefined> {
  const [, groupVersion, kind] = /^kubernetes:([^:]+):([^:]+)$/.exec(type) ?? [];
  const { name, namespace } = inputs.metadata ?? {};
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

/**
 * Removes the record of an interrupted installation or upgrade. Its objects remain, and the next installation of the
 * same name adopts them.
 */
async function deleteAbandonedRecords(
  target: Target,
  state: StackState,
  lockedAt: string | undefined,
): Promise<void> {
  const selector = "owner=helm,status in (pending-install, pending-upgrade, pending-rollback)";
  for (const namespace of releaseNamespaces(state)) {
    const inNamespace = `--namespace=${namespace}`;
    const { items } = await kubectlJson<{ items: HelmRecord[] }>(
      target,
      "get",
      "secrets",
      inNamespace,
      `--selector=${selector}`,
      "--show-managed-fields",
    );
    for (const { metadata } of abandonedRecords(items, state, lockedAt)) {
      await deleteExactly(target, `/api/v1/namespaces/${namespace}/secrets`, metadata);
    }
  }
}
