/** The nodes that a suite needs. One that does not say gets what everybody gets: three nodes in three zones. */
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";
import { type Shape, type WantedShape, withWanted } from "../../../sandbox/shape/shape.ts";
import { parseNodeTaint } from "../../../sandbox/shape/taint.ts";
import { cacheFolder, npmRunOk } from "./commands";

export interface SuiteShape extends Pick<WantedShape, "nodes" | "zones"> {
  /** As in `--taint`. */
  taints?: readonly string[];
}

/** Starts a sandbox of this shape with the images of these sets. One of another shape that runs is ended before. */
export async function startShaped(shape: SuiteShape, ...sets: string[]): Promise<void> {
  const { nodes } = withWanted(undefined, { ...shape, taints: shape.taints?.map(parseNodeTaint) });
  if (!isDeepStrictEqual(keptShape()?.nodes, nodes)) await npmRunOk("sandbox", "stop");
  await npmRunOk("sandbox", "start", ...sets, ...shapeOptions(shape));
}

export function shapeOptions({ nodes, zones, taints = [] }: SuiteShape): string[] {
  return [
    ...(nodes === undefined ? [] : ["--nodes", String(nodes)]),
    ...(zones === undefined ? [] : ["--zones", String(zones)]),
    ...taints.flatMap((taint) => ["--taint", taint]),
  ];
}

/** What the sandbox that is there was asked to be. */
export function keptShape(): Shape | undefined {
  try {
    return JSON.parse(readFileSync(join(cacheFolder, "cluster", "shape.json"), "utf8")) as Shape;
  } catch {
    return undefined;
  }
}
