import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stateDir } from "../paths.ts";
import { type Shape, withWanted } from "../shape/shape.ts";
import { type SandboxNode, nodeNamed, nodeNumbered } from "../shape/topology.ts";
import { answers } from "./readiness.ts";

const shapeFile = join(stateDir, "shape.json");
const disksDir = join(stateDir, "nodes");

const whenNone = "no sandbox runs; `npm run sandbox -- start` starts one";

/** What a node keeps over a restart. */
export function diskOf({ name }: Pick<SandboxNode, "name">): string {
  return join(disksDir, name);
}

/** The shape of the sandbox that is there, running or not. */
export async function keptShape(): Promise<Shape | undefined> {
  const text = await readFile(shapeFile, "utf8").catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as Shape;
  // Shapes were not kept always. One that was started before they were is as all were then.
  return existsSync(disksDir) ? withWanted(undefined, {}) : undefined;
}

/** Says what is to be there. What of it was cut off, the next start completes. */
export async function keepShape(shape: Shape): Promise<void> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  // Renamed, so that nobody ever reads half of it.
  await writeFile(`${shapeFile}.new`, JSON.stringify(shape, undefined, 2));
  await rename(`${shapeFile}.new`, shapeFile);
}

/** That of a sandbox whose API answers. @throws Error that says how to start one otherwise. */
export async function runningShape(): Promise<Shape> {
  const shape = await keptShape();
  if (shape && (await answers())) return shape;
  throw new Error(whenNone);
}

export function nodesOf({ nodes }: Shape): SandboxNode[] {
  return nodes.map(({ number, ...placement }) => nodeNumbered(number, placement));
}

/** @throws Error that lists the nodes when there is none of that name or number. */
export async function keptNode(nameOrNumber: string): Promise<SandboxNode> {
  const shape = await keptShape();
  if (!shape) throw new Error(whenNone);
  return nodeNamed(nodesOf(shape), nameOrNumber);
}

/** The nodes of the sandbox that is there, and none without one. */
export async function keptNodes(): Promise<SandboxNode[]> {
  const shape = await keptShape();
  return shape ? nodesOf(shape) : [];
}

/** Nodes of which something is there still though they were removed: a removal that was cut off. */
export async function removedNodes(): Promise<SandboxNode[]> {
  const kept = (await keptNodes()).map(({ name }) => name);
  const disks = await readdir(disksDir).catch(() => []);
  return disks
    .filter((name) => !kept.includes(name))
    .map((name) => nodeNumbered(Number(name.slice("node".length))));
}
