import { BARE_UNITS, parsePostgresSize } from "../../../../formats/postgres-size";
import { parseBytes } from "../../../../formats/quantity";
import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { Violation } from "../../../../contract/violation";

/** Settings that each keep WAL on the volume. */
const KEPT = ["max_wal_size", "min_wal_size", "max_slot_wal_keep_size", "wal_keep_size"] as const;

export interface KeptWal {
  /** Undefined for clusters without a WAL volume, which the policy pack reads. */
  walStorage: { size?: string };
  parameters: Record<string, string>;
}

export const walFitsVolume = rule({
  name: "wal-fits-volume",
  why: "A full WAL volume stops the whole cluster, and settings decide how much WAL is kept.",
  *check({ walStorage: { size = "" }, parameters }: KeptWal) {
    const volume = parseBytes(size);
    if (volume === undefined) return;
    const wrong = KEPT.flatMap((name) => {
      const value = parameters[name];
      const refused = value === undefined ? undefined : sizeRefusal(name, value, { volume, size });
      return refused ? [{ path: `parameters.${name}`, value, ...refused }] : [];
    });
    yield* wrong.length > 0 ? wrong : orderViolations(parameters);
  },
});

function sizeRefusal(
  name: (typeof KEPT)[number],
  value: string,
  { volume, size }: { volume: number; size: string },
): Refusal | undefined {
  if (name === "max_slot_wal_keep_size" && value === "-1") {
    return {
      reason: "lets the slot of a lost replica fill the WAL volume, which stops the cluster",
      remedy: `Remove it (the default is half of the volume), or use less than ${size}`,
    };
  }
  const bytes = parsePostgresSize(value, BARE_UNITS[name]);
  if (bytes === undefined) {
    return {
      reason: "is not a valid size, so it cannot be compared with the WAL volume",
      remedy: 'Write it with MB or GB, such as "512MB"',
    };
  }
  if (bytes < volume) return undefined;
  return {
    reason: `does not fit the WAL volume of ${size}, and a full one stops the cluster`,
    remedy: "Remove it, use less, or raise walStorage.size",
  };
}

function* orderViolations(parameters: Record<string, string>): Generator<Violation> {
  const { min_wal_size: least, max_wal_size: most } = parameters;
  if (least === undefined || most === undefined) return;
  const [low, high] = [least, most].map((size) =>
    parsePostgresSize(size, BARE_UNITS["max_wal_size"]),
  );
  if ((low ?? 0) < (high ?? 0)) return;
  yield {
    path: "parameters.min_wal_size",
    value: least,
    reason: `must be below max_wal_size, ${most}, or the operator refuses it`,
    remedy: "Set min_wal_size to a quarter of max_wal_size",
  };
}
