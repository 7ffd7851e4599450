import fc from "fast-check";
import type { Sight } from "../../../../../../components/postgres/watch/program/probe";
import { Sights } from "../../../../../../components/postgres/watch/program/sights";

const sight = fc.constantFrom<Sight>("answers", "refuses", "hangs", "gone");

describe("what a watcher has seen of an instance", () => {
  test("silence is the time since the last look that was no silence, or since the watcher itself paused", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(sight, fc.integer({ min: 100, max: 5000 })), { minLength: 1 }),
        (looks) => {
          const sights = new Sights();
          let now = 0;
          let since: number | undefined;
          for (const [seen, pause] of looks) {
            now += pause;
            sights.note("a", seen, now);
            const isSilent = seen === "hangs" || seen === "gone";
            if (!isSilent) since = undefined;
            else if (since === undefined || pause > 3000) since = now;
            expect(sights.silence("a", now)).toEqual(
              since === undefined ? undefined : { ms: now - since, sight: seen },
            );
          }
        },
      ),
    );
  });

  test("an answer counts for its time, and a pod that is gone is forgotten", () => {
    const sights = new Sights();
    expect(sights.hasAnswered("a")).toBe(false);
    sights.note("a", "answers", 1000);
    sights.note("a", "gone", 2000);
    expect([sights.hasAnswered("a"), sights.hasAnswered("b")]).toEqual([true, false]);
    expect(sights.answeredWithin("a", 3000, 4000)).toBe(true);
    expect(sights.answeredWithin("a", 3000, 4001)).toBe(false);
    sights.keep(new Set(["b"]));
    expect(sights.hasAnswered("a")).toBe(false);
    expect(sights.silence("a", 4000)).toBeUndefined();
  });
});
