import { access, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Listr } from "listr2";
import { throwIfAny } from "../obstacle.ts";
import { artefactsDir, goCacheDir, logsDir, workDir } from "../paths.ts";
import { CommandLog } from "./command.ts";
import { withLock } from "./lock.ts";
import { partsAtOnce } from "./memory.ts";
import { type Part, hash } from "./part.ts";
import { Progress, begunBefore, rememberBegun, rememberRate, rememberedRate } from "./progress.ts";

/** Folders of the artefacts by part. */
export type Artefacts = ReadonlyMap<string, string>;

/** Work that starts as soon as the parts that it needs are built, while others are still being built. */
export interface Errand {
  title: string;
  needs: readonly string[];
  /** `quietly` is set if a build shows its own progress meanwhile. */
  run: (artefacts: Artefacts, quietly: boolean) => Promise<void>;
}

/**
 * Builds the missing ones of `parts` (needs before their users) and returns the folders of all of them.
 *
 * A part is renamed to its content key atomically, so that an interrupted build keeps its finished parts and the next
 * run continues with the rest. An errand also runs if nothing is missing.
 */
export async function build(parts: readonly Part[], errand?: Errand): Promise<Artefacts> {
  const folders = await artefactFolders(parts);
  if ((await missing(parts, folders)).length === 0) {
    await errand?.run(folders, false);
    return folders;
  }
  await withLock("build", async () => {
    // Another process may have built them while this one waited for the lock.
    const todo = await missing(parts, folders);
    await checkSources(todo);
    await emptyWorkDir();
    await makeAll(todo, folders, errand);
    await emptyWorkDir();
    await rm(goCacheDir, { recursive: true, force: true, maxRetries: 5 });
  });
  return folders;
}

/** Folders of existing and future artefacts: `name-key`, where the key covers everything that a part depends on. */
async function artefactFolders(parts: readonly Part[]): Promise<Map<string, string>> {
  const keys = new Map<string, string>();
  for (const part of parts) {
    const needs = part.needs.map((need) => keys.get(need));
    keys.set(part.name, hash(JSON.stringify([await part.recipe(), needs])).slice(0, 16));
  }
  return new Map(
    [...keys].map(([name, key]) => [name, join(artefactsDir, `${name}-${key}`)] as const),
  );
}

async function missing(parts: readonly Part[], folders: Artefacts): Promise<Part[]> {
  const present = await Promise.all(parts.map(({ name }) => exists(folderOf(folders, name))));
  return parts.filter((_, index) => !present[index]);
}

/** Removes the files of a killed run. They are never reused, since they may be incomplete. */
async function emptyWorkDir(): Promise<void> {
  await rm(workDir, { recursive: true, force: true, maxRetries: 5 });
}

/** Checks in the first minute that all sources can be downloaded, instead of failing after half an hour. */
async function checkSources(parts: readonly Part[]): Promise<void> {
  const questions = parts.flatMap(({ obstacle }) => (obstacle ? [obstacle()] : []));
  throwIfAny((await Promise.all(questions)).filter((obstacle) => obstacle !== undefined));
}

async function makeAll(parts: readonly Part[], folders: Artefacts, errand?: Errand): Promise<void> {
  await mkdir(goCacheDir, { recursive: true });
  const progress = new Progress(parts, {
    rate: await rememberedRate(),
    begun: await begunBefore(),
    onBegun: rememberBegun,
  });
  const made = new Map(parts.map(({ name }) => [name, new Made()]));
  const areMade = (names: readonly string[]) =>
    Promise.all(names.map((name) => made.get(name)?.promise ?? Promise.resolve()));
  const builds = parts.map((part) => ({
    title: part.name,
    task: async (_: unknown, task: { output: string; title: string }): Promise<void> => {
      const tell = setInterval(
        () => {
          task.output = progress.running(part);
        },
        process.stdout.isTTY ? 1000 : 60_000,
      );
      try {
        await areMade(part.needs);
        progress.start(part);
        await make(part, folders, progress);
        made.get(part.name)?.resolve();
      } finally {
        clearInterval(tell);
      }
      task.title = progress.finish(part);
    },
  }));
  const options = { fallbackRenderer: "simple" } as const;
  // Needs come first in the list, so that a task never waits for one that has not started.
  const concurrent = partsAtOnce();
  const tasks = errand
    ? new Listr(
        [
          { title: "parts", task: (_, task) => task.newListr(builds, { concurrent }) },
          {
            title: errand.title,
            task: async () => {
              await areMade(errand.needs);
              await errand.run(folders, true);
            },
          },
        ],
        { ...options, concurrent: true },
      )
    : new Listr(builds, { ...options, concurrent });
  // Sources are downloaded ahead of their compilation. A module that cannot be downloaded fails its own build.
  await Promise.all([tasks.run(), countSources(parts, progress).catch(() => undefined)]);
  await rememberRate(progress.rate());
}

/** Completion of a part, which others wait for. */
class Made {
  resolve: () => void = () => undefined;
  readonly promise = new Promise<void>((resolve) => {
    this.resolve = resolve;
  });
}

async function countSources(parts: readonly Part[], progress: Progress): Promise<void> {
  for (const part of parts) {
    if (part.sources) progress.count(part, await part.sources());
  }
}

async function make(part: Part, folders: Artefacts, progress: Progress): Promise<void> {
  const scratch = join(workDir, part.name, "scratch");
  const out = join(workDir, part.name, "out");
  const log = new CommandLog(join(logsDir, "build", `${part.name}.log`));
  await rm(log.path, { force: true });
  await mkdir(scratch, { recursive: true });
  await mkdir(out, { recursive: true });
  await part.make(out, {
    log,
    scratch,
    artefact: (name) => folderOf(folders, name),
    compiling: (name) => {
      progress.begin(part, name);
    },
  });
  await mkdir(artefactsDir, { recursive: true });
  await rename(out, folderOf(folders, part.name));
  await rm(join(workDir, part.name), { recursive: true, force: true });
}

function folderOf(folders: Artefacts, name: string): string {
  const folder = folders.get(name);
  if (folder === undefined) throw new Error(`the part ${name} was not requested`);
  return folder;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
