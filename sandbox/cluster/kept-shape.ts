import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stateDir } from "../paths.ts";
import { type Shape, withWanted } from "../shape/shape.ts";
import { type SandboxNode, nodeNamed, nodeNumbered } from "../shape/topology.ts";
import { answers } from "./readiness.ts";

const shapeFile = join(stateDir, "shape.json");
const disksDir = join(stateDir, "nodes");

const whenNone = "no sandbox runs: start one with `npm run sandbox -- start`";

/** The folder of a node's persistent data. */
export function diskOf({ name }: Pick<SandboxNode, "name">): string {
  return join(disksDir, name);
}

/** The shape of an existing sandbox, running or not. */
export async function keptShape(): Promise<Shape | undefined> {
  const text = await readFile(shapeFile, "utf8").catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as Shape;
  // Older sandboxes did not store their shape, and all had the default one.
  return existsSync(disksDir) ? withWanted(undefined, {}) : undefined;
}

/** Stores the target shape. The next start completes what was interrupted. */
export async function keepShape(shape: Shape): Promise<void> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  // Renamed, so that it is never read incomplete.
  await writeFile(`${shapeFile}.new`, JSON.stringify(shape, undefined, 2));
  await rename(`${shapeFile}.new`, shapeFile);
}

/**
 * The shape of a sandbox whose API answers.
 *
 * @throws Error with the remedy if none does.
 */
export async function runningShape(): Promise<Shape> {
  const shape = await keptShape();
  if (shape && (await answers())) return shape;
  throw new Error(whenNone);
}

export function nodesOf({ nodes }: Shape): SandboxNode[] {
  return nodes.map(({ number, ...placement }) => nodeNumbered(number, placement));
}

/** @throws Error that lists the nodes if the node does not exist. */
export async function keptNode(nameOrNumber: string): Promise<SandboxNode> {
  const shape = await keptShape();
  if (!shape) throw new Error(whenNone);
  return nodeNamed(nodesOf(shape), nameOrNumber);
}

/** The nodes of the existing sandbox. Empty without one. */
export async function keptNodes(): Promise<SandboxNode[]> {
  const shape = await keptShape();
  return shape ? nodesOf(shape) : [];
}

/** Removed nodes of which something remains, because the removal was interrupted. */
export async function removedNodes(): Promise<SandboxNode[]> {
  const kept = (await keptNodes()).map(({ name }) => name);
  const disks = await readdir(disksDir).catch(() => []);
  return disks
    .filter((name) => !kept.includes(name))
    .map((name) => nodeNumbered(Number(name.slice("node".length))));
}
