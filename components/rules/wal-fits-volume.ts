import { z } from "zod";
import { BARE_UNITS, parsePostgresSize } from "./postgres-size";
import { parseBytes } from "./quantity";
import { maybe, rule } from "./rule";
import type { Violation } from "./violation";

/** Settings of which each alone makes WAL stay on the volume. */
const KEPT = ["max_wal_size", "min_wal_size", "max_slot_wal_keep_size", "wal_keep_size"] as const;

export const walFitsVolume = rule({
  name: "wal-fits-volume",
  why: "A full WAL volume stops the whole cluster, and what fills it is kept by settings.",
  subject: z.object({
    walStorage: maybe(z.object({ size: maybe(z.string()) })),
    parameters: maybe(z.record(z.string(), z.unknown())),
  }),
  judge: ({ walStorage, parameters = {} }) => {
    const size = walStorage?.size ?? "";
    const volume = parseBytes(size);
    if (volume === undefined) return [];
    const wrong = KEPT.flatMap((name) => judgeSize(name, parameters[name], { volume, size }));
    return wrong.length > 0 ? wrong : judgeOrder(parameters);
  },
});

function judgeSize(
  name: (typeof KEPT)[number],
  value: unknown,
  { volume, size }: { volume: number; size: string },
): Violation[] {
  if (value === undefined) return [];
  const found = { path: `parameters.${name}`, value };
  if (name === "max_slot_wal_keep_size" && value === "-1") {
    return [
      {
        ...found,
        reason: "-1 lets the slot of a lost replica fill the WAL volume, which stops the cluster",
        remedy: `Remove it (the default is half of the volume), or use less than ${size}`,
      },
    ];
  }
  const bytes = typeof value === "string" ? parsePostgresSize(value, BARE_UNITS[name]) : undefined;
  if (bytes === undefined) {
    return [
      {
        ...found,
        reason: "it is not a size, so nobody can tell whether it fits the WAL volume",
        remedy: 'Write it with MB or GB, such as "512MB"',
      },
    ];
  }
  if (bytes < volume) return [];
  return [
    {
      ...found,
      reason: `WAL of that size does not fit its volume of ${size}, and a full one stops the cluster`,
      remedy: "Remove it, use less, or raise walStorage.size",
    },
  ];
}

function judgeOrder(parameters: Record<string, unknown>): Violation[] {
  const { min_wal_size: least, max_wal_size: most } = parameters;
  if (typeof least !== "string" || typeof most !== "string") return [];
  const [low, high] = [least, most].map((size) =>
    parsePostgresSize(size, BARE_UNITS["max_wal_size"]),
  );
  if ((low ?? 0) < (high ?? 0)) return [];
  return [
    {
      path: "parameters.min_wal_size",
      value: least,
      reason: `it is not below max_wal_size, ${most}, and the operator refuses that`,
      remedy: "Set min_wal_size to a quarter of max_wal_size",
    },
  ];
}
