import fc from "fast-check";
import { parseBytes, parseQuantity } from "../../../../components/formats/quantity";

test.each<[string, number]>([
  ["536870912", 536870912],
  ["512e6", 512e6],
  ["512E6", 512e6],
  ["5e-1", 0.5],
  ["1.5Gi", 1.5 * 2 ** 30],
  [".5Gi", 2 ** 29],
  ["1.", 1],
  ["+1k", 1000],
  ["1E", 1e18],
  ["1Ei", 2 ** 60],
  ["100m", 0.1],
  ["1500u", 0.0015],
])("%s is the quantity %d", (text, value) => {
  expect(parseQuantity(text)).toBeCloseTo(value, 6);
});

test.each(["", "Gi", "1 Gi", "1gi", "1GB", "-1", "e3", "1e", "1e3Gi", "0x10", "1,5"])(
  "%j is not a quantity",
  (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  },
);

test.each(["10", "512e6", "100m", "5u", "5n"])("%s is refused as a size", (text) => {
  expect(parseBytes(text)).toBeUndefined();
});

test("a number is the same with an exponent, with a unit and without either", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 9 }), (n, e) => {
      expect(parseQuantity(`${n}e${e}`)).toBe(parseQuantity(`${n}${"0".repeat(e)}`));
      expect(parseQuantity(`${n}k`)).toBe(parseQuantity(`${n}e3`));
    }),
  );
});
