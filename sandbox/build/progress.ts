import { appendFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheDir, goCacheDir } from "../paths.ts";
import type { Part, Source, Sources } from "./part.ts";

/**
 * Bytes of source that a machine with two busy cores compiles per second, assumed until something has been compiled.
 */
const usualRate = 300_000;
/** Weight of that assumption, in seconds of compiling. */
const beliefSeconds = 60;

const rateFile = join(cacheDir, "build-rate");
/** In Go's cache, since its content is valid only as long as that cache exists. */
const begunFile = join(goCacheDir, "begun");

/** Facts that are known before anything is compiled. */
export interface Beginning {
  /** Bytes of source a second. */
  rate: number;
  /** The packages that an interrupted build began to compile, as passed to `onBegun`. */
  begun?: Iterable<string>;
  /** Receives each package when its compilation starts. */
  onBegun?: (id: string) => void;
}

/** Progress of a build: part n of m, elapsed time, and an estimate of the remaining time from the measured rate. */
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
  private readonly compiledIds: Set<string>;
  private readonly onBegun: (id: string) => void;
  /** Packages that parts began to compile before their sources were counted. */
  private readonly early: [Part, string][] = [];
  private compiledBytes = 0;
  /** Time spent compiling until `compilingTold`, and the number of parts that compile since. */
  private compilingMs = 0;
  private compilingTold = 0;
  private compiling = 0;

  constructor(parts: readonly Part[], { rate, begun = [], onBegun }: Beginning, now = Date.now) {
    this.parts = parts;
    this.unfinished = new Set(parts);
    this.believedRate = rate;
    this.compiledIds = new Set(begun);
    this.onBegun = onBegun ?? (() => undefined);
    this.now = now;
    this.began = now();
  }

  start(part: Part): void {
    this.beganPart.set(part, this.now());
    this.tellTime();
    if (part.sources) this.compiling += 1;
  }

  /** Sets the sources of a part. */
  count(part: Part, sources: Sources): void {
    if (!this.unfinished.has(part)) return;
    this.sources.set(part, sources);
    for (const [name, source] of sources) {
      const id = idOf(name, source);
      if (!this.compiledIds.has(id)) this.todo.set(id, source.bytes);
    }
    for (const [early, name] of this.early) if (early === part) this.begin(part, name);
  }

  /** Records that a part has begun to compile a package, which counts as done for the estimate. */
  begin(part: Part, name: string): void {
    const sources = this.sources.get(part);
    if (!sources) this.early.push([part, name]);
    const source = sources?.get(name);
    if (!source) return;
    const id = idOf(name, source);
    this.done(id, source.bytes);
    this.onBegun(id);
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
    // The packages that were not compiled had been cached.
    for (const id of this.idsOf(part)) this.done(id, 0);
    const count = `${this.parts.length - this.unfinished.size} of ${this.parts.length}`;
    return `${part.name}: ${minutes(this.elapsed(part))} (${count}; ${this.total()})`;
  }

  /** Seconds until everything is built. Undefined while sources are still being counted. */
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
    if (rest === undefined) return `${elapsed} elapsed, still counting the sources`;
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

/** The packages that an interrupted build began to compile. All but the last few are in Go's cache. */
export async function begunBefore(): Promise<string[]> {
  return (await readFile(begunFile, "utf8").catch(() => "")).split("\n").filter(Boolean);
}

/** Written immediately: a killed build never reaches its end. */
export function rememberBegun(id: string): void {
  appendFileSync(begunFile, `${id}\n`);
}

/** A package at one version is compiled once for all parts. */
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
