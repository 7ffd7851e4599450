import fc from "fast-check";
import type { Part, Sources } from "../../../sandbox/build/part";
import { Progress } from "../../../sandbox/build/progress";

const MB = 1_000_000;

/** A part with only the fields that an estimate reads. */
function part(name: string, rest: Partial<Part> = {}): Part {
  return {
    name,
    needs: [],
    recipe: () => Promise.resolve(name),
    make: () => Promise.resolve(),
    ...rest,
  };
}

const compiledPart = (name: string) =>
  part(name, { sources: () => Promise.resolve<Sources>(new Map()) });

function sources(bytes: Record<string, number>, version = "v1.0.0"): Sources {
  return new Map(Object.entries(bytes).map(([name, size]) => [name, { version, bytes: size }]));
}

/** Progress on a clock that only the test moves on. */
function progressOf(parts: Part[], believedRate = MB) {
  const clock = { seconds: 0 };
  return {
    clock,
    progress: new Progress(parts, { rate: believedRate }, () => clock.seconds * 1000),
  };
}

test("nothing is estimated before all sources are counted", () => {
  const [one, two] = [compiledPart("one"), compiledPart("two")];
  const { progress } = progressOf([one, two]);
  progress.start(one);
  progress.count(one, sources({ a: 30 * MB }));
  expect(progress.rest()).toBeUndefined();
  expect(progress.running(one)).toBe(
    "0:00, 30.0 MB of source to go; 0:00 elapsed, still counting the sources",
  );
  progress.count(two, sources({ b: 30 * MB }));
  expect(progress.rest()).toBe(60);
});

test("a package counts once for all parts that have it at the same version", () => {
  const [one, two] = [compiledPart("one"), compiledPart("two")];
  const { progress } = progressOf([one, two]);
  progress.count(one, sources({ shared: 20 * MB, own: 10 * MB }));
  progress.count(two, sources({ shared: 20 * MB }));
  expect(progress.rest()).toBe(30);
  progress.count(two, sources({ shared: 20 * MB }, "v2.0.0"));
  expect(progress.rest()).toBe(50);
});

test("a shared package is done for all parts once one has compiled it", () => {
  const [one, two] = [compiledPart("one"), compiledPart("two")];
  const { progress } = progressOf([one, two]);
  for (const each of [one, two]) {
    progress.count(each, sources({ shared: 20 * MB }));
    progress.start(each);
  }
  progress.begin(two, "shared");
  expect(progress.rest()).toBe(0);
  expect(progress.running(one)).toBe("0:00; 0:00 elapsed, about 0:00 left");
});

test("the estimate follows the measured rate", () => {
  const one = compiledPart("one");
  const { clock, progress } = progressOf([one]);
  progress.count(one, sources({ a: 60 * MB, b: 60 * MB }));
  progress.start(one);
  expect(progress.rest()).toBe(120);
  // Half of what was believed: 60 MB in two minutes, weighed with a minute of the belief.
  clock.seconds = 120;
  progress.begin(one, "a");
  expect(progress.rate()).toBeCloseTo((120 * MB) / 180);
  expect(progress.rest()).toBeCloseTo(90);
});

test("a part without sources takes its estimated seconds, counted once", () => {
  const image = part("image", { seconds: 15, needs: ["one"] });
  const { clock, progress } = progressOf([image]);
  expect(progress.running(image)).toBe("waits for one");
  expect(progress.rest()).toBe(15);
  progress.start(image);
  clock.seconds = 5;
  expect(progress.rest()).toBe(10);
  clock.seconds = 100;
  expect(progress.rest()).toBe(0);
  // A machine is not slow because it makes images.
  expect(progress.rate()).toBe(MB);
  expect(progress.finish(image)).toBe("image: 1:40 (1 of 1; 1:40 elapsed, about 0:00 left)");
});

test("cached packages are no longer due when their part is finished", () => {
  const [one, two] = [compiledPart("one"), compiledPart("two")];
  const { progress } = progressOf([one, two]);
  progress.count(one, sources({ kept: 40 * MB }));
  progress.count(two, sources({ b: 10 * MB }));
  progress.start(one);
  expect(progress.finish(one)).toBe("one: 0:00 (1 of 2; 0:00 elapsed, about 0:10 left)");
  // Nothing was compiled, so that the rate does not change.
  expect(progress.rate()).toBe(MB);
  // Counted again by another part it is still there.
  progress.count(two, sources({ b: 10 * MB, kept: 40 * MB }));
  expect(progress.rest()).toBe(10);
});

test("packages compiled before they were counted are not due", () => {
  const one = compiledPart("one");
  const { progress } = progressOf([one]);
  progress.start(one);
  progress.begin(one, "a");
  progress.count(one, sources({ a: 30 * MB, b: 20 * MB }));
  expect(progress.running(one)).toMatch(/^0:00, 20\.0 MB of source to go/);
});

test("packages that an interrupted build began to compile are not due again", () => {
  const [one, two] = [compiledPart("one"), compiledPart("two")];
  const packages = sources({ a: 30 * MB, b: 20 * MB, c: 10 * MB });
  const begun: string[] = [];
  const before = new Progress([one], { rate: MB, onBegun: (id) => begun.push(id) });
  before.start(one);
  before.begin(one, "a");
  before.count(one, packages);
  before.begin(one, "b");
  const after = new Progress([one, two], { rate: MB, begun });
  after.count(one, packages);
  after.count(two, sources({ a: 30 * MB }, "v2.0.0"));
  expect(after.rest()).toBe(40);
});

test("the remaining time never grows by compiling, and ends at zero", () => {
  const packages = fc.dictionary(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: 50 * MB }));
  fc.assert(
    fc.property(fc.array(packages, { minLength: 1, maxLength: 5 }), (all) => {
      const parts = all.map((_, index) => compiledPart(`part${index}`));
      const { progress } = progressOf(parts);
      parts.forEach((each, index) => {
        progress.count(each, sources(all[index] ?? {}));
        progress.start(each);
      });
      let rest = progress.rest() ?? NaN;
      parts.forEach((each, index) => {
        for (const name of Object.keys(all[index] ?? {})) {
          progress.begin(each, name);
          const now = progress.rest() ?? NaN;
          expect(now).toBeLessThanOrEqual(rest);
          rest = now;
        }
        progress.finish(each);
      });
      expect(rest).toBe(0);
    }),
  );
});
