import type { StackDocument } from "../stack-file.ts";

/** A segment of a path in a stack's configuration. */
type Segment = string | number;

/** Returns the paths of the values that are encrypted in a stack's file. */
export function encryptedPaths(value: unknown, path: readonly Segment[] = []): Segment[][] {
  if (typeof value !== "object" || value === null) return [];
  if (isEncrypted(value)) return [[...path]];
  const parts: [Segment, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value);
  return parts.flatMap(([key, part]) => encryptedPaths(part, [...path, key]));
}

function isEncrypted(value: object): boolean {
  const { secure, ...others } = value as { secure?: unknown };
  return typeof secure === "string" && Object.keys(others).length === 0;
}

/** Returns the configuration without the values at these paths. */
export function withoutPaths(
  config: StackDocument["config"],
  paths: readonly Segment[][],
): StackDocument["config"] {
  const copy = structuredClone(config);
  for (const path of paths) {
    const around = path.slice(0, -1).reduce<unknown>(partOf, copy);
    // An element keeps its place, which the paths of others count.
    if (Array.isArray(around)) around[Number(path.at(-1))] = "";
    else Reflect.deleteProperty(around as object, path.at(-1) ?? "");
  }
  return copy;
}

/** Returns the values at these paths, by path as the engine's commands write it. */
export function valuesAt(config: unknown, paths: readonly Segment[][]): Record<string, string> {
  return Object.fromEntries(
    paths.map((path) => [commandPath(path), String(path.reduce(partOf, config))]),
  );
}

function partOf(value: unknown, segment: Segment): unknown {
  return (value as Record<Segment, unknown> | undefined)?.[segment];
}

/** `ha-postgres:secrets["orders-login"].data.password` */
function commandPath([key = "", ...path]: readonly Segment[]): string {
  const parts = path.map((segment) => {
    if (typeof segment === "number") return `[${segment}]`;
    return /^\w+$/.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`;
  });
  return [key, ...parts].join("");
}
