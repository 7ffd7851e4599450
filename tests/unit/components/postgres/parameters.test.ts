import fc from "fast-check";
import {
  derivedParameters,
  type InstanceSizes,
} from "../../../../components/postgres/sizing/parameters";
import { mostConnectionsFor } from "../../../../components/postgres/cluster/rules/parameters/memory-budget";
import { parametersAllowed } from "../../../../components/postgres/cluster/rules/parameters/allowed";
import { parametersFitMemory } from "../../../../components/postgres/cluster/rules/parameters/fit-memory";
import { parsePostgresSize } from "../../../../components/formats/postgres-size";
import { GiB, MiB, TiB } from "../../../../components/formats/quantity";
import { walFitsVolume } from "../../../../components/postgres/cluster/rules/parameters/wal-fits-volume";

/** Sizes drawn evenly over orders of magnitude, or small machines would hardly ever be drawn. */
const between = (least: number, most: number) =>
  fc
    .double({ min: Math.log2(least), max: Math.log2(most), noNaN: true })
    .map((exponent) => Math.floor(2 ** exponent));

const memory = between(256 * MiB, TiB).map((bytes) => Math.max(bytes, 256 * MiB));
const cpu = fc.integer({ min: 100, max: 128_000 }).map((millis) => millis / 1000);
const walStorage = between(GiB, 64 * TiB).map((bytes) => Math.max(bytes, GiB));
const sizes: fc.Arbitrary<InstanceSizes> = fc.record({ memory, cpu, walStorage });

const bytes = (parameters: Record<string, string>, name: string) =>
  parsePostgresSize(parameters[name] ?? "") ?? Number.NaN;

/** The memory when everything is in use at once: the processes, the shared memory, each connection's query, each vacuum. */
function worstCase(parameters: Record<string, string>): number {
  const connections = Number(parameters["max_connections"]);
  return (
    64 * MiB +
    bytes(parameters, "shared_buffers") +
    connections * (1.5 * MiB + bytes(parameters, "work_mem")) +
    Number(parameters["autovacuum_max_workers"]) * bytes(parameters, "maintenance_work_mem")
  );
}

describe("derivedParameters", () => {
  test("of the smallest instance", () => {
    expect(derivedParameters({ memory: 256 * MiB, cpu: 0.1, walStorage: GiB })).toEqual({
      max_connections: "20",
      shared_buffers: "64MB",
      effective_cache_size: "192MB",
      work_mem: "3276kB",
      maintenance_work_mem: "10922kB",
      autovacuum_max_workers: "3",
      max_worker_processes: "32",
      max_parallel_workers: "1",
      max_parallel_workers_per_gather: "0",
      max_parallel_maintenance_workers: "1",
      max_wal_size: "256MB",
      min_wal_size: "64MB",
      max_slot_wal_keep_size: "512MB",
      wal_keep_size: "128MB",
      max_wal_senders: "10",
      max_prepared_transactions: "0",
      max_locks_per_transaction: "64",
      checkpoint_timeout: "15min",
      checkpoint_completion_target: "0.9",
      random_page_cost: "1.1",
      effective_io_concurrency: "200",
      autovacuum_vacuum_scale_factor: "0.1",
      autovacuum_analyze_scale_factor: "0.05",
      autovacuum_vacuum_cost_limit: "1000",
      tcp_keepalives_idle: "30",
      tcp_keepalives_interval: "10",
      tcp_keepalives_count: "3",
      tcp_user_timeout: "60s",
      client_connection_check_interval: "10s",
      log_lock_waits: "on",
      log_autovacuum_min_duration: "1min",
      log_temp_files: "10MB",
      track_io_timing: "on",
    });
  });

  test("of a large instance", () => {
    expect(derivedParameters({ memory: 256 * GiB, cpu: 64, walStorage: 2 * TiB })).toMatchObject({
      max_connections: "500",
      shared_buffers: "65536MB",
      work_mem: "134217kB",
      maintenance_work_mem: "2097152kB",
      max_worker_processes: "128",
      max_parallel_workers: "64",
      max_parallel_workers_per_gather: "4",
      max_wal_size: "16384MB",
      min_wal_size: "4096MB",
      max_slot_wal_keep_size: "1048576MB",
      wal_keep_size: "512MB",
    });
  });

  test("divides the memory by the chosen connections", () => {
    expect(
      derivedParameters({ memory: 8 * GiB, cpu: 2, walStorage: GiB, maxConnections: 50 }),
    ).toMatchObject({ max_connections: "50", work_mem: "41943kB" });
  });

  test("never needs more memory than there is", () => {
    fc.assert(
      fc.property(sizes, (size) => {
        expect(worstCase(derivedParameters(size))).toBeLessThanOrEqual(size.memory);
      }),
    );
  });

  test("never needs more memory than there is, with any connections that the rules allow", () => {
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), (size, share) => {
        const maxConnections = Math.max(1, Math.floor(share * mostConnectionsFor(size.memory)));
        const parameters = derivedParameters({ ...size, maxConnections });
        expect(worstCase(parameters)).toBeLessThanOrEqual(size.memory);
      }),
    );
  });

  test("keeps WAL inside its volume, with what slots, checkpoints and the archive need at once", () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const parameters = derivedParameters(size);
        const [least, most, slots, kept] = [
          ...["min_wal_size", "max_wal_size", "max_slot_wal_keep_size", "wal_keep_size"],
        ].map((name) => bytes(parameters, name)) as [number, number, number, number];
        // initdb's segments are 16 MB, and PostgreSQL requires at least two of them.
        expect(least).toBeGreaterThanOrEqual(32 * MiB);
        expect(least).toBeLessThan(most);
        expect(slots + most).toBeLessThanOrEqual(0.75 * size.walStorage);
        expect(slots).toBeGreaterThan(0.49 * size.walStorage);
        expect(kept).toBeLessThan(size.walStorage / 4);
      }),
    );
  });

  test("more of something never makes a setting smaller", () => {
    const grows: Record<keyof InstanceSizes, string[]> = {
      memory: [
        ...["max_connections", "shared_buffers", "effective_cache_size", "work_mem"],
        "maintenance_work_mem",
      ],
      cpu: [
        ...["max_worker_processes", "max_parallel_workers", "max_parallel_workers_per_gather"],
        "max_parallel_maintenance_workers",
      ],
      walStorage: ["max_wal_size", "min_wal_size", "max_slot_wal_keep_size", "wal_keep_size"],
      maxConnections: [],
    };
    const number = (text = "") => parsePostgresSize(text) ?? Number(text);
    fc.assert(
      fc.property(sizes, sizes, (one, other) => {
        for (const size of ["memory", "cpu", "walStorage"] as const) {
          const [less, more] = one[size] <= other[size] ? [one, other] : [other, one];
          const before = derivedParameters(less);
          const after = derivedParameters({ ...less, [size]: more[size] });
          for (const name of grows[size]) {
            expect(number(after[name])).toBeGreaterThanOrEqual(number(before[name]));
          }
        }
      }),
    );
  });

  test("is what the rules allow", () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const subject = {
          parameters: derivedParameters(size),
          resources: { memory: `${Math.floor(size.memory / MiB)}Mi` },
          walStorage: { size: `${Math.floor(size.walStorage / MiB)}Mi` },
        };
        expect([
          ...parametersAllowed.check(subject),
          ...parametersFitMemory.check(subject),
          ...walFitsVolume.check(subject),
        ]).toEqual([]);
      }),
    );
  });

  test("contains only strings, as Kubernetes requires", () => {
    fc.assert(
      fc.property(sizes, (size) => {
        for (const value of Object.values(derivedParameters(size))) {
          expect(value).toMatch(/^\d+(\.\d+)?(kB|MB|s|min)?$|^on$/);
        }
      }),
    );
  });
});
