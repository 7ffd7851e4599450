import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { Engine } from "../ops/engine/engine.ts";
import { writeDeployedStackFile } from "../ops/stack-file.ts";
import type { Target } from "../ops/target.ts";
import { cacheDir } from "../sandbox/paths.ts";

/** The folder of the project, for programs that import it. */
export const root = join(import.meta.dirname, "..");

/** Provides a temporary folder in the cache for programs and states of benchmarks. */
export async function inScratchFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(cacheDir, { recursive: true });
  const folder = await mkdtemp(join(cacheDir, "bench-"));
  return withCleanup(
    () => rm(folder, { recursive: true, force: true }),
    () => use(folder),
  );
}

/** Cleans up after some work. If both fail, the failure of the work is thrown. */
export async function withCleanup<T>(
  clean: () => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  const result = await work().catch(async (error: unknown) => {
    await clean().catch(() => undefined);
    throw error;
  });
  await clean();
  return result;
}

export interface ScratchProgram {
  /** Name of the folder, and of the stack. */
  name: string;
  /** Name of the project, by which the program finds its configuration. */
  project: string;
  /** The text of index.ts. */
  source: string;
  config: Record<string, unknown>;
  /** Configuration values to be encrypted, by path. @default - nothing */
  secrets?: Record<string, string>;
}

/** Writes a folder with these files, which can import the project's packages, and returns its path. */
export async function scratchPackage(
  folder: string,
  name: string,
  files: Record<string, string>,
): Promise<string> {
  const home = join(folder, name);
  await mkdir(home);
  await symlink(join(root, "node_modules"), join(home, "node_modules"));
  for (const [file, text] of Object.entries(files)) await writeFile(join(home, file), text);
  return home;
}

/** Writes a program and creates a stack for it, with a separate state on the same cluster. */
export async function scratchProgram(
  target: Target,
  folder: string,
  { name, project, source, config, secrets }: ScratchProgram,
): Promise<{ engine: Engine; folder: string }> {
  const home = await scratchPackage(folder, name, {
    "Pulumi.yaml": stringify({ name: project, runtime: "nodejs" }),
    // The project's language settings, so that programs are compiled in the same way.
    "tsconfig.json": JSON.stringify({ extends: join(root, "tsconfig.json") }),
    "package.json": JSON.stringify({ name: project, version: "0.0.0", main: "index.ts" }),
    "index.ts": source,
  });
  const engine = new Engine({ ...target, stateFolder: home }, name, home);
  await engine.open();
  await configure(target, engine, config, secrets);
  return { engine, folder: home };
}

/** Changes the configuration of a scratch stack. */
export async function configure(
  { context }: Target,
  engine: Engine,
  config: Record<string, unknown>,
  secrets: Record<string, string> = {},
): Promise<void> {
  await writeDeployedStackFile(engine.stackFile, {
    config: { ...config, "kubernetes:context": context },
  });
  await engine.encrypt(secrets);
}
