import fc from "fast-check";
import { unknownStringValue, UnknownValueError } from "./support/library";
import { listOf, patchOf } from "../../policy/engine/patches";
import { isStackRule } from "../../policy/engine/rule";
import { rules } from "../../policy/rules";
import { GOOD, goodStack } from "./support/good-stack";
import { changed, check } from "./support/pack";

/** Values that the engine can pass: JSON, and the text that represents a value that is not known yet. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(unknownStringValue),
  fc.constantFrom("", "0", -1, null, [null], [[]], { a: null }),
);

/** Paths of all fields of an object. */
function paths(value: unknown, prefix = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const path = `${prefix}${key.replace(/\./g, "\\.")}`;
    return [path, ...paths(part, `${path}.`)];
  });
}

const RUNS = { numRuns: 60 };

describe.each(rules.map((rule) => [rule.name, rule] as const))("%s", (_, rule) => {
  const types = isStackRule(rule) ? Object.values(GOOD).map(({ type }) => type) : rule.types;

  test("checks anything, and throws only for values that are not known yet", () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.dictionary(field, anything), (type, object) => {
        reportsOrWaits([{ type, name: "fuzzed", object }]);
      }),
      RUNS,
    );
  });

  test("checks the good stack with any value in one field", () => {
    // For a rule about patches or lists of a kind, the object of the kind itself is changed.
    const changes = Object.entries(GOOD).flatMap(([name, { type: kind, object }]) =>
      [kind, patchOf(kind), listOf(kind)]
        .filter((type) => types.includes(type))
        .flatMap((type) => paths(object).map((path) => ({ name, type, path }))),
    );
    if (changes.length === 0) throw new Error("The good stack has nothing that it checks.");
    fc.assert(
      fc.property(fc.constantFrom(...changes), anything, ({ name, type, path }, value) => {
        reportsOrWaits(
          goodStack().map((one) =>
            one.name === name ? { ...one, type, object: changed(one.object, path, value) } : one,
          ),
        );
      }),
      RUNS,
    );
  });

  function reportsOrWaits(stack: Parameters<typeof check>[1]): void {
    try {
      for (const { message } of check([rule], stack))
        expect(message).toMatch(/^.+ = .+: .+\. .+\.$/s);
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
    }
  }
});

const field = fc.constantFrom(
  "metadata",
  "spec",
  "chart",
  "version",
  "values",
  "data",
  "type",
  "bucket",
);
