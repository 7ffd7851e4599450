import { isIPv4, isIPv6 } from "node:net";
import { z } from "zod";
import { refusal } from "../contract/schema";

/** Consecutive addresses, the last one included. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const BITS = { 4: 32, 6: 128 } as const;

/** All addresses of both families. */
export const ALL_ADDRESSES: readonly IpRange[] = [wholeFamily(4), wholeFamily(6)];

/** The addresses of a text like `10.0.0.0/8`; one address without a length. Undefined when malformed. */
export function rangeOf(text: string): IpRange | undefined {
  const [address = "", length, ...rest] = text.split("/");
  const ip = parseAddress(address);
  if (ip === undefined || rest.length > 0) return undefined;
  const bits = BITS[ip.family];
  if (length !== undefined && (!/^\d{1,3}$/.test(length) || Number(length) > bits))
    return undefined;
  const size = 1n << BigInt(bits - Number(length ?? bits));
  const first = (ip.number / size) * size;
  return { family: ip.family, first, last: first + size - 1n };
}

/** A network as an argument. */
export const network = z.string().refine(
  (text) => text.includes("/") && rangeOf(text) !== undefined,
  refusal({
    reason: "must be a network in CIDR notation, or the load balancer refuses or ignores it",
    remedy: 'Write an address and a prefix length, such as "203.0.113.0/24"',
  }),
);

/** The addresses of `10.0.0.0` with `255.0.0.0`. Undefined when a bit of the mask is set after one that is not. */
export function maskedRange(address: string, mask: string): IpRange | undefined {
  const masked = parseAddress(mask);
  if (masked === undefined || parseAddress(address)?.family !== masked.family) return undefined;
  const bits = masked.number.toString(2).padStart(BITS[masked.family], "0");
  return /^1*0*$/.test(bits) ? rangeOf(`${address}/${bits.replace(/0/g, "").length}`) : undefined;
}

/** Whether all of `wanted` is in one or more of `ranges`. */
export function covers(ranges: readonly IpRange[], wanted: IpRange): boolean {
  let next = wanted.first;
  for (const { first, last } of sorted(ranges, wanted.family)) {
    if (first > next) return false;
    if (last >= next) next = last + 1n;
    if (next > wanted.last) return true;
  }
  return false;
}

/** The addresses of `ranges` that are not in `taken`. */
export function without(ranges: readonly IpRange[], taken: readonly IpRange[]): IpRange[] {
  return taken.reduce<IpRange[]>(
    (left, gone) =>
      left.flatMap((range) => {
        const { family, first, last } = range;
        if (gone.family !== family || gone.last < first || gone.first > last) return [range];
        return [
          ...(gone.first > first ? [{ family, first, last: gone.first - 1n }] : []),
          ...(gone.last < last ? [{ family, first: gone.last + 1n, last }] : []),
        ];
      }),
    [...ranges],
  );
}

/** The part of a family's addresses that is in one or more of `ranges`, 0 to 1. */
export function shareOf(ranges: readonly IpRange[], family: 4 | 6): number {
  let counted = 0n;
  let next = 0n;
  for (const { first, last } of sorted(ranges, family)) {
    const from = first > next ? first : next;
    if (last < from) continue;
    counted += last - from + 1n;
    next = last + 1n;
  }
  return Number((counted * 1_000_000n) >> BigInt(BITS[family])) / 1_000_000;
}

/** The share of all addresses from which on ranges count as unrestricted: 2000::/3 is the whole Internet of IPv6. */
const MOST = 1 / 8;

/** Whether ranges, alone or together, hold so many addresses that they restrict no client. */
export function areUnrestricted(ranges: readonly IpRange[]): boolean {
  return shareOf(ranges, 4) >= MOST || shareOf(ranges, 6) >= MOST;
}

function sorted(ranges: readonly IpRange[], family: 4 | 6): IpRange[] {
  return ranges
    .filter((range) => range.family === family)
    .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
}

function wholeFamily(family: 4 | 6): IpRange {
  return { family, first: 0n, last: (1n << BigInt(BITS[family])) - 1n };
}

function parseAddress(text: string): { family: 4 | 6; number: bigint } | undefined {
  if (isIPv4(text)) return { family: 4, number: ofIPv4(text) };
  // The part after % names an interface of one machine.
  if (!isIPv6(text) || text.includes("%")) return undefined;
  return { family: 6, number: ofIPv6(text) };
}

function ofIPv4(text: string): bigint {
  return text.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ofIPv6(text: string): bigint {
  const [head = "", tail] = text.split("::", 2);
  const before = groups(head);
  const after = groups(tail ?? "");
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0n);
  return [...before, ...zeros, ...after].reduce((sum, group) => sum * 65_536n + group, 0n);
}

/** The 16-bit groups of a part of an address. The last two may be written as an IPv4 address. */
function groups(text: string): bigint[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (!group.includes(".")) return [BigInt(`0x${group}`)];
    const number = ofIPv4(group);
    return [number / 65_536n, number % 65_536n];
  });
}
