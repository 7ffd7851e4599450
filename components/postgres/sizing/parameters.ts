import {
  clamp,
  connectionsFor,
  LEAST_CONNECTIONS,
  MAINTENANCE_SHARE,
  MOST_CONNECTIONS,
  SHARED_BUFFERS_SHARE,
  WORK_SHARE,
} from "../cluster/rules/parameters/memory-budget";
import { STANDBY_PARAMETERS } from "../cluster/rules/parameters/source-capacity";
import { kilobytes, megabytes } from "../../formats/postgres-size";
import { GiB, MiB } from "../../formats/quantity";
import type { SourceParametersArgs } from "../recovery/args";

/**
 * PostgreSQL's settings from the sizes of an instance, so that no size leaves the defaults of a 128 MB machine behind,
 * and so that neither the memory limit nor the WAL volume can be overrun by what is set here.
 *
 * @see https://www.postgresql.org/docs/current/runtime-config.html
 */

/** The resources of an instance. */
export interface InstanceSizes {
  /** Memory limit, bytes. */
  memory: number;
  /** CPU limit, cores. */
  cpu: number;
  /** WAL volume, bytes. */
  walStorage: number;
  /** `max_connections` if it is set; otherwise it follows from the memory. */
  maxConnections?: number;
}

/** Autovacuum workers: PostgreSQL's own default. More of them would share the same memory and the same disk. */
const AUTOVACUUM_WORKERS = 3;

/** The parameters for an instance of these sizes. They depend on nothing else. */
export function derivedParameters(sizes: InstanceSizes): Record<string, string> {
  return {
    ...memoryParameters(sizes),
    ...parallelParameters(sizes.cpu),
    ...walParameters(sizes.walStorage),
    ...FIXED_PARAMETERS,
  };
}

/**
 * The parameters for an instance of these sizes, overridden by the chosen ones. A copy gets at least the values of its
 * source, because PostgreSQL does not start a copy with less. Chosen values stay unchanged, for the rules to validate.
 */
export function effectiveParameters(
  sizes: Omit<InstanceSizes, "maxConnections">,
  chosen: Readonly<Record<string, string>>,
  source: SourceParametersArgs = {},
): Record<string, string> {
  const least = count(source.max_connections);
  const maxConnections =
    count(chosen["max_connections"]) || (least > connectionsFor(sizes.memory) ? least : 0);
  const derived = derivedParameters({ ...sizes, ...(maxConnections > 0 && { maxConnections }) });
  const raised = STANDBY_PARAMETERS.map((name) => {
    const most = Math.max(count(derived[name]), count(source[name]));
    return [name, String(most)] as const;
  });
  return { ...derived, ...Object.fromEntries(raised), ...chosen };
}

/** The value of a count, 0 if it is malformed: the rules refuse it. */
function count(text: string | undefined): number {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : 0;
}

function memoryParameters({ memory, maxConnections }: InstanceSizes): Record<string, string> {
  const connections = maxConnections ?? connectionsFor(memory);
  // Divided by the line that the tiers of `connectionsFor` lie under, and not by the tier itself: otherwise a bit more
  // memory, by lifting the tier, would halve work_mem.
  const divisor =
    maxConnections ?? clamp((100 * memory) / (2 * GiB), LEAST_CONNECTIONS, MOST_CONNECTIONS);
  return {
    max_connections: String(connections),
    shared_buffers: megabytes(SHARED_BUFFERS_SHARE * memory),
    // What the planner may expect to find cached, no allocation: shared buffers and page cache.
    effective_cache_size: megabytes(0.75 * memory),
    work_mem: kilobytes((WORK_SHARE * memory) / divisor),
    // Beyond 2 GB neither VACUUM nor CREATE INDEX gets faster.
    maintenance_work_mem: kilobytes(
      Math.min((MAINTENANCE_SHARE * memory) / AUTOVACUUM_WORKERS, 2 * GiB),
    ),
    autovacuum_max_workers: String(AUTOVACUUM_WORKERS),
  };
}

function parallelParameters(cpu: number): Record<string, string> {
  const whole = Math.ceil(cpu);
  const half = Math.floor(cpu / 2);
  return {
    // CloudNativePG's default of 32 leaves room for extensions' workers; only large machines need more.
    max_worker_processes: String(Math.max(32, 2 * whole)),
    max_parallel_workers: String(whole),
    // At most half of the cores for one query, so that a report cannot block all other queries.
    max_parallel_workers_per_gather: String(Math.min(half, 4)),
    max_parallel_maintenance_workers: String(clamp(half, 1, 4)),
  };
}

/**
 * WAL stays within its volume, because a full one stops the cluster: slots may hold half of it, checkpoints a quarter on
 * top, and the last quarter is for what no setting limits, the files that wait for the archive.
 */
function walParameters(walStorage: number): Record<string, string> {
  // Crash recovery reads up to this much, so it does not grow with the volume indefinitely.
  const maxWalSize = Math.min(walStorage / 4, 16 * GiB);
  return {
    max_wal_size: megabytes(maxWalSize),
    min_wal_size: megabytes(maxWalSize / 4),
    max_slot_wal_keep_size: megabytes(walStorage / 2),
    // Replicas have slots; this is for the moment in which one has lost its own. CloudNativePG's default is 512MB.
    wal_keep_size: megabytes(Math.min(walStorage / 8, 512 * MiB)),
  };
}

/** Parameters that do not depend on a size. */
const FIXED_PARAMETERS: Readonly<Record<string, string>> = {
  // PostgreSQL's defaults, set explicitly: the operator lowers an explicit value on the primary first, as replicas
  // need, but a removed one on the replicas first, which then do not start.
  max_wal_senders: "10",
  max_prepared_transactions: "0",
  max_locks_per_transaction: "64",
  // Fewer full-page images. A failover replays from the replica's own position, so this does not delay it.
  checkpoint_timeout: "15min",
  checkpoint_completion_target: "0.9",
  // Network and solid-state volumes: a random read costs about what a sequential one does, and many may be in flight.
  random_page_cost: "1.1",
  effective_io_concurrency: "200",
  // The default waits until a fifth of a table has changed, too long for a large one.
  autovacuum_vacuum_scale_factor: "0.1",
  autovacuum_analyze_scale_factor: "0.05",
  autovacuum_vacuum_cost_limit: "1000",
  // A client on a lost node never says that it is gone: after a minute without an answer its session ends, and with it its
  // locks. By Linux' defaults that takes two hours.
  tcp_keepalives_idle: "30",
  tcp_keepalives_interval: "10",
  tcp_keepalives_count: "3",
  tcp_user_timeout: "60s",
  // And one that has closed its connection ends a query that still runs for it, not only when that has its answer.
  client_connection_check_interval: "10s",
  // For explaining incidents afterwards.
  log_lock_waits: "on",
  log_autovacuum_min_duration: "1min",
  log_temp_files: "10MB",
  track_io_timing: "on",
};
