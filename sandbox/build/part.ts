import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Obstacle } from "../obstacle.ts";
import type { CommandLog } from "./command.ts";

/** A unit that the sandbox builds and keeps: a family of Go binaries, a file system, an image, a chart. */
export interface Part {
  name: string;
  /** Parts whose artefacts this one is made from. */
  needs: readonly string[];
  /** The sources that it is compiled from, which takes most of its time. Downloads missing ones. */
  sources?: () => Promise<Sources>;
  /** Estimated seconds of the remaining work. @default 0 */
  seconds?: number;
  /** Everything that the result depends on besides `needs`. Equal recipes produce the same artefact. */
  recipe: () => Promise<unknown>;
  /** Why its sources cannot be downloaded, checked before anything is built. */
  obstacle?: () => Promise<Obstacle | undefined>;
  /** Writes the artefact into an empty folder. */
  make: (out: string, build: PartBuild) => Promise<void>;
}

/** The Go packages that a part is compiled from, by their import paths. */
export type Sources = ReadonlyMap<string, Source>;

export interface Source {
  /** Version of its module. A package at one version is compiled once for all parts. */
  version: string;
  bytes: number;
}

export interface PartBuild {
  log: CommandLog;
  /** An empty folder for intermediate files, removed afterwards. */
  scratch: string;
  /** The folder of a needed part's artefact. */
  artefact: (part: string) => string;
  /** Receives each package when its compilation starts, for the progress. */
  compiling: (name: string) => void;
}

/** The content of a folder, as path -> hash, for a recipe. */
export async function folderRecipe(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hashes = await Promise.all(
    files.map(async (file) => [file.slice(folder.length + 1), hash(await readFile(file))] as const),
  );
  return Object.fromEntries(hashes);
}

export function hash(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
