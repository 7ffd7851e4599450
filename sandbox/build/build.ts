import { access, mkdir, rename, rm } from "node:fs/promises";
import { freemem } from "node:os";
import { join } from "node:path";
import { Listr } from "listr2";
import { throwIfAny } from "../obstacle.ts";
import { artefactsDir, goCacheDir, logsDir, workDir } from "../paths.ts";
import { CommandLog } from "./command.ts";
import { withLock } from "./lock.ts";
import { type Part, hash } from "./part.ts";

/** Where each part's artefact lies. */
export type Artefacts = ReadonlyMap<string, string>;

/** The Kubernetes provider alone compiles in 4.5 GB; two such builds at once need twice that. */
const bytesPerBuild = 5e9;

/**
 * Makes what is missing of `parts` (needs before their users) and tells where all of them are.
 *
 * A part appears under its content key in one rename, so an interrupted build leaves the finished parts usable and
 * the next run goes on with the rest.
 */
export async function build(parts: readonly Part[]): Promise<Artefacts> {
  const folders = await artefactFolders(parts);
  if ((await missing(parts, folders)).length > 0) {
    await withLock("build", async () => {
      // Somebody else may have built them while this run waited for the lock.
      const todo = await missing(parts, folders);
      await checkSources(todo);
      await emptyWorkDir();
      await makeAll(todo, folders);
      await emptyWorkDir();
      await rm(goCacheDir, { recursive: true, force: true, maxRetries: 5 });
    });
  }
  return folders;
}

/** Seconds that it takes to build what is missing, on a machine of two cores that does nothing else. */
export async function estimate(parts: readonly Part[]): Promise<number> {
  return sum((await missing(parts, await artefactFolders(parts))).map(({ seconds }) => seconds));
}

/** Where the parts are or will be: `name-key`, the key being all that a part depends on. */
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

export async function missing(parts: readonly Part[], folders: Artefacts): Promise<Part[]> {
  const present = await Promise.all(parts.map(({ name }) => exists(folderOf(folders, name))));
  return parts.filter((_, index) => !present[index]);
}

/** What a killed run left is removed, and never built upon: nobody knows how far it came. */
async function emptyWorkDir(): Promise<void> {
  await rm(workDir, { recursive: true, force: true, maxRetries: 5 });
}

/** In the first minute rather than after half an hour: whether all that the parts are made from can be had. */
async function checkSources(parts: readonly Part[]): Promise<void> {
  const questions = parts.flatMap(({ obstacle }) => (obstacle ? [obstacle()] : []));
  throwIfAny((await Promise.all(questions)).filter((obstacle) => obstacle !== undefined));
}

async function makeAll(parts: readonly Part[], folders: Artefacts): Promise<void> {
  const progress = new Progress(parts);
  const made = new Map<string, Promise<void>>();
  const tasks = new Listr(
    parts.map((part) => ({
      title: part.name,
      task: async (_, task): Promise<void> => {
        const needs = part.needs.map((need) => made.get(need) ?? Promise.resolve());
        const making = Promise.all(needs).then(() => {
          progress.start(part);
          return make(part, folders);
        });
        made.set(part.name, making);
        const tell = setInterval(
          () => {
            task.output = progress.running(part);
          },
          process.stdout.isTTY ? 1000 : 60_000,
        );
        await making.finally(() => {
          clearInterval(tell);
        });
        task.title = progress.finish(part);
      },
    })),
    {
      // Needs come first in the list, so a task never waits for one that has not been started.
      concurrent: Math.min(2, Math.max(1, Math.floor(freemem() / bytesPerBuild))),
      fallbackRenderer: "simple",
    },
  );
  await tasks.run();
}

async function make(part: Part, folders: Artefacts): Promise<void> {
  const scratch = join(workDir, part.name, "scratch");
  const out = join(workDir, part.name, "out");
  const log = new CommandLog(join(logsDir, "build", `${part.name}.log`));
  await rm(log.path, { force: true });
  await mkdir(scratch, { recursive: true });
  await mkdir(out, { recursive: true });
  await part.make(out, { log, scratch, artefact: (name) => folderOf(folders, name) });
  await mkdir(artefactsDir, { recursive: true });
  await rename(out, folderOf(folders, part.name));
  await rm(join(workDir, part.name), { recursive: true, force: true });
}

function folderOf(folders: Artefacts, name: string): string {
  const folder = folders.get(name);
  if (folder === undefined) throw new Error(`the part ${name} was not asked for`);
  return folder;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Which part, n of m, elapsed and an estimate of the rest. */
class Progress {
  private readonly parts: readonly Part[];
  private readonly began = Date.now();
  private readonly beganPart = new Map<Part, number>();
  private readonly unfinished: Set<Part>;

  constructor(parts: readonly Part[]) {
    this.parts = parts;
    this.unfinished = new Set(parts);
  }

  start(part: Part): void {
    this.beganPart.set(part, Date.now());
  }

  running(part: Part): string {
    if (!this.beganPart.has(part)) return `waits for ${part.needs.join(", ")}`;
    return `${minutes(this.elapsed(part))} of about ${minutes(part.seconds)}; ${this.total()}`;
  }

  finish(part: Part): string {
    this.unfinished.delete(part);
    const count = `${this.parts.length - this.unfinished.size} of ${this.parts.length}`;
    return `${part.name}: ${minutes(this.elapsed(part))} (${count}; ${this.total()})`;
  }

  private total(): string {
    const elapsed = (Date.now() - this.began) / 1000;
    return `${minutes(elapsed)} elapsed, about ${minutes(this.rest())} left`;
  }

  /** Each part's seconds are those of a build that has the machine for itself; parts that run at once share it. */
  private rest(): number {
    const unfinished = [...this.unfinished];
    const running = unfinished.filter((part) => this.beganPart.has(part));
    const done = running.map((part) => Math.min(part.seconds, this.elapsed(part) / running.length));
    return sum(unfinished.map(({ seconds }) => seconds)) - sum(done);
  }

  private elapsed(part: Part): number {
    return (Date.now() - (this.beganPart.get(part) ?? Date.now())) / 1000;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
