import type { Sight } from "./probe.ts";

/** What this watcher has seen of one instance, in milliseconds of its own steady clock. */
interface History {
  lookedAt: number;
  answeredAt?: number;
  /** Since when every look was in vain, and how the last one was. */
  silent?: { since: number; sight: "hangs" | "gone" };
}

/** A longer pause between two looks is one of this watcher's own, in which it has seen nothing, silence neither. */
const PAUSE_MS = 3000;

/** What this watcher has seen of the instances, by the uid of their pods: a pod that is made anew is another one. */
export class Sights {
  private readonly histories = new Map<string, History>();

  note(uid: string, sight: Sight, now: number): void {
    const history = this.histories.get(uid) ?? { lookedAt: now };
    const isContinued = now - history.lookedAt <= PAUSE_MS;
    history.lookedAt = now;
    if (sight === "answers") history.answeredAt = now;
    if (sight === "answers" || sight === "refuses") delete history.silent;
    else history.silent = { since: isContinued ? (history.silent?.since ?? now) : now, sight };
    this.histories.set(uid, history);
  }

  /** Forgets the pods that are gone. */
  keep(uids: ReadonlySet<string>): void {
    for (const uid of this.histories.keys()) if (!uids.has(uid)) this.histories.delete(uid);
  }

  /** Whether it has ever answered. One that has not may be new, or kept from this watcher by a NetworkPolicy. */
  hasAnswered(uid: string): boolean {
    return this.histories.get(uid)?.answeredAt !== undefined;
  }

  answeredWithin(uid: string, ms: number, now: number): boolean {
    const at = this.histories.get(uid)?.answeredAt;
    return at !== undefined && now - at <= ms;
  }

  /** How long every look has been in vain, if the last one was. */
  silence(uid: string, now: number): { ms: number; sight: "hangs" | "gone" } | undefined {
    const silent = this.histories.get(uid)?.silent;
    return silent && { ms: now - silent.since, sight: silent.sight };
  }
}
