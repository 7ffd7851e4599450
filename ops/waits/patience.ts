import { lineOf, type Obstacle } from "./obstacles.ts";

/** Shorter obstacles are not reported: the scheduler retries within seconds. */
const PATIENCE_MS = 20_000;
/** Repeated, so that a late reader of a log finds it too. */
const AGAIN_MS = 5 * 60_000;

/** Selects lasting obstacles to report, each once and repeatedly after a while. */
export class Patience {
  private readonly seen = new Map<string, { since: number; toldAt?: number }>();

  /** Selects the lines of lasting obstacles. `fresh` are the ones to report now. */
  take(obstacles: readonly Obstacle[], now: number): { lasting: string[]; fresh: string[] } {
    const lines = new Map(obstacles.map((obstacle) => [lineOf(obstacle), obstacle.lasts]));
    for (const line of this.seen.keys()) if (!lines.has(line)) this.seen.delete(line);
    const lasting: string[] = [];
    const fresh: string[] = [];
    for (const [line, lasts] of lines) {
      const state = this.seen.get(line) ?? { since: now };
      this.seen.set(line, state);
      if (!lasts && now - state.since < PATIENCE_MS) continue;
      lasting.push(line);
      if (state.toldAt !== undefined && now - state.toldAt < AGAIN_MS) continue;
      state.toldAt = now;
      fresh.push(line);
    }
    return { lasting, fresh };
  }
}
