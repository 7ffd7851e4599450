import {
  ALL_ADDRESSES,
  covers,
  maskedRange,
  rangeOf,
  shareOf,
  without,
} from "../../../../components/formats/ip-ranges";

function ranges(...texts: string[]) {
  return texts.map((text) => {
    const range = rangeOf(text);
    if (!range) throw new Error(`${text} is not a network`);
    return range;
  });
}

const [IPV4, IPV6] = ALL_ADDRESSES;
if (!IPV4 || !IPV6) throw new Error("There are two families.");

test.each([
  ["10.1.2.3/8", 4, 0x0a000000n, 0x0affffffn],
  ["10.1.2.3", 4, 0x0a010203n, 0x0a010203n],
  ["0.0.0.0/0", 4, 0n, 0xffffffffn],
  ["fd00::/8", 6, 0xfd00n << 112n, (0xfe00n << 112n) - 1n],
  ["::ffff:10.0.0.0/104", 6, 0xffff0a000000n, 0xffff0affffffn],
  ["1:2:3:4:5:6:7:8", 6, 0x00010002000300040005000600070008n, 0x00010002000300040005000600070008n],
])("%s", (text, family, first, last) => {
  expect(rangeOf(text)).toEqual({ family, first, last });
});

test.each([
  "",
  "10.0.0",
  "10.0.0.0/",
  "10.0.0.0/8/8",
  "10.0.0.0/-1",
  "fe80::1%eth0",
  "all",
  "1::2::3",
])("%s is not a network", (text) => {
  expect(rangeOf(text)).toBeUndefined();
});

test("a mask is a length, unless its bits have gaps", () => {
  expect(maskedRange("10.0.0.0", "255.0.0.0")).toEqual(rangeOf("10.0.0.0/8"));
  expect(maskedRange("fd00::", "ff00::")).toEqual(rangeOf("fd00::/8"));
  expect(maskedRange("10.0.0.0", "255.0.255.0")).toBeUndefined();
  expect(maskedRange("10.0.0.0", "ff00::")).toBeUndefined();
});

test("several ranges cover together a range that none covers alone", () => {
  expect(covers(ranges("128.0.0.0/1", "0.0.0.0/1"), IPV4)).toBe(true);
  expect(covers(ranges("128.0.0.0/1", "0.0.0.0/2", "64.0.0.0/3"), IPV4)).toBe(false);
  expect(covers(ranges("0.0.0.0/0"), IPV6)).toBe(false);
  expect(covers(ranges("::/1", "8000::/1", "::/0"), IPV6)).toBe(true);
});

test("shares count each address once", () => {
  expect(shareOf(ranges("0.0.0.0/1", "0.0.0.0/2", "192.0.0.0/2"), 4)).toBe(0.75);
  expect(shareOf(without(ranges("0.0.0.0/0"), ranges("0.0.0.0/2", "192.0.0.0/2")), 4)).toBe(0.5);
  expect(shareOf(without(ranges("::/0"), ranges("0.0.0.0/0")), 6)).toBe(1);
  expect(shareOf(ranges("2000::/3"), 6)).toBe(0.125);
});
