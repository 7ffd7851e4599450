import { lineOf, type Obstacle } from "./obstacles.ts";

/** What is met on the way and gone by itself: the scheduler tries again within seconds. */
const PATIENCE_MS = 20_000;
/** So that whoever looks into a log late finds it as well. */
const AGAIN_MS = 5 * 60_000;

/** Tells obstacles that last, each once and from time to time again. */
export class Patience {
  private readonly seen = new Map<string, { since: number; toldAt?: number }>();

  /** Chooses the lines of those that have lasted; `fresh` are the ones to be told now. */
  take(obstacles: readonly Obstacle[], now: number): { lasting: string[]; fresh: string[] } {
    const lines = new Set(obstacles.map(lineOf));
    for (const line of this.seen.keys()) if (!lines.has(line)) this.seen.delete(line);
    const lasting: string[] = [];
    const fresh: string[] = [];
    for (const line of lines) {
      const state = this.seen.get(line) ?? { since: now };
      this.seen.set(line, state);
      if (now - state.since < PATIENCE_MS) continue;
      lasting.push(line);
      if (state.toldAt !== undefined && now - state.toldAt < AGAIN_MS) continue;
      state.toldAt = now;
      fresh.push(line);
    }
    return { lasting, fresh };
  }
}
