import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheDir } from "../paths.ts";
import type { Part } from "./part.ts";

/** The Go packages that a part is compiled from, by their import paths. */
export type Sources = ReadonlyMap<string, Source>;

export interface Source {
  /** Of its module. One package at one version is compiled once for all parts. */
  version: string;
  bytes: number;
}

/** Bytes of source that a machine with two busy cores compiles in a second: believed until something was compiled. */
const usualRate = 300_000;
/** How many seconds of compiling that belief counts for. */
const beliefSeconds = 60;

const rateFile = join(cacheDir, "build-rate");

/** Which part, n of m, how much of it, elapsed, and an estimate of the rest that follows what was really compiled. */
export class Progress {
  private readonly parts: readonly Part[];
  private readonly began: number;
  private readonly beganPart = new Map<Part, number>();
  private readonly unfinished: Set<Part>;
  private readonly sources = new Map<Part, Sources>();
  /** Bytes of what is not compiled yet, by package and version. */
  private readonly todo = new Map<string, number>();
  private readonly believedRate: number;
  private readonly now: () => number;
  private readonly compiledIds = new Set<string>();
  private compiledBytes = 0;
  /** For how long something was compiled until `compilingTold`, and how many parts are at it since. */
  private compilingMs = 0;
  private compilingTold = 0;
  private compiling = 0;

  constructor(parts: readonly Part[], believedRate: number, now = Date.now) {
    this.parts = parts;
    this.unfinished = new Set(parts);
    this.believedRate = believedRate;
    this.now = now;
    this.began = now();
  }

  start(part: Part): void {
    this.beganPart.set(part, this.now());
    this.tellTime();
    if (part.sources) this.compiling += 1;
  }

  /** Tells what a part is compiled from. */
  count(part: Part, sources: Sources): void {
    if (!this.unfinished.has(part)) return;
    this.sources.set(part, sources);
    for (const [name, source] of sources) {
      const id = idOf(name, source);
      if (!this.compiledIds.has(id)) this.todo.set(id, source.bytes);
    }
  }

  /** Tells that a part has begun to compile a package, which for an estimate is as good as done. */
  compiled(part: Part, name: string): void {
    const source = this.sources.get(part)?.get(name);
    if (source) this.done(idOf(name, source), source.bytes);
  }

  running(part: Part): string {
    if (!this.beganPart.has(part)) return `waits for ${part.needs.join(", ")}`;
    const left = sum(this.idsOf(part).map((id) => this.todo.get(id) ?? 0));
    const rest = left > 0 ? `, ${(left / 1e6).toFixed(1)} MB of source to go` : "";
    return `${minutes(this.elapsed(part))}${rest}; ${this.total()}`;
  }

  finish(part: Part): string {
    this.unfinished.delete(part);
    this.tellTime();
    if (part.sources) this.compiling -= 1;
    // Whatever of it was not compiled was there already.
    for (const id of this.idsOf(part)) this.done(id, 0);
    const count = `${this.parts.length - this.unfinished.size} of ${this.parts.length}`;
    return `${part.name}: ${minutes(this.elapsed(part))} (${count}; ${this.total()})`;
  }

  /** Seconds until everything is built; undefined while it is not known yet what there is to compile. */
  rest(): number | undefined {
    const unfinished = [...this.unfinished];
    if (unfinished.some((part) => part.sources && !this.sources.has(part))) return undefined;
    const seconds = unfinished.map((part) =>
      Math.max(0, (part.seconds ?? 0) - (this.beganPart.has(part) ? this.elapsed(part) : 0)),
    );
    return sum([...this.todo.values()]) / this.rate() + sum(seconds);
  }

  /** Bytes of source that are compiled in a second. */
  rate(): number {
    this.tellTime();
    const believed = this.believedRate * beliefSeconds;
    return (this.compiledBytes + believed) / (this.compilingMs / 1000 + beliefSeconds);
  }

  private tellTime(): void {
    const now = this.now();
    if (this.compiling > 0) this.compilingMs += now - this.compilingTold;
    this.compilingTold = now;
  }

  private total(): string {
    const elapsed = minutes((this.now() - this.began) / 1000);
    const rest = this.rest();
    if (rest === undefined) return `${elapsed} elapsed, still counting what there is to compile`;
    return `${elapsed} elapsed, about ${minutes(rest)} left`;
  }

  private done(id: string, bytes: number): void {
    if (this.todo.delete(id)) this.compiledBytes += bytes;
    this.compiledIds.add(id);
  }

  private idsOf(part: Part): string[] {
    return [...(this.sources.get(part) ?? [])].map(([name, source]) => idOf(name, source));
  }

  private elapsed(part: Part): number {
    return (this.now() - (this.beganPart.get(part) ?? this.now())) / 1000;
  }
}

/** The rate of the last build here, since machines differ by more than builds do. */
export async function rememberedRate(): Promise<number> {
  const rate = Number(await readFile(rateFile, "utf8").catch(() => ""));
  return rate > 0 ? rate : usualRate;
}

export async function rememberRate(rate: number): Promise<void> {
  await writeFile(rateFile, String(Math.round(rate)));
}

/** What is compiled of it is the same for every part that has it at this version. */
function idOf(name: string, { version }: Source): string {
  return `${name}@${version}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
