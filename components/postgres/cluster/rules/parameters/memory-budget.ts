import { GiB, MiB } from "../../../../formats/quantity";

/** The division of an instance's memory, by which the pod stays within its limit when everything is used at once. */

/** The instance manager, the postmaster and its helpers. */
const FIXED_OVERHEAD = 64 * MiB;
/** A backend's own memory in addition to work_mem: catalogue caches, stack, parser. */
const BACKEND_OVERHEAD = 1.5 * MiB;

/**
 * Shares of the memory: a quarter each for shared buffers and for queries, an eighth for maintenance. The rest is for
 * processes and for the page cache, which counts against the pod's limit too.
 */
export const SHARED_BUFFERS_SHARE = 1 / 4;
export const WORK_SHARE = 1 / 4;
export const MAINTENANCE_SHARE = 1 / 8;
const OVERHEAD_SHARE = 1 - SHARED_BUFFERS_SHARE - WORK_SHARE - MAINTENANCE_SHARE;

/** Enough for the operator, its probes, superusers and a small pool. */
export const LEAST_CONNECTIONS = 20;
export const MOST_CONNECTIONS = 500;

/**
 * `max_connections`, 100 for 2 GiB. It moves in powers of two and ends at 500: a change restarts every instance, and
 * beyond that a pooler serves more clients in less memory.
 */
export function connectionsFor(memory: number): number {
  const tier = 2 ** Math.floor(Math.log2(memory / (2 * GiB)));
  return clamp(Math.floor(100 * tier), LEAST_CONNECTIONS, MOST_CONNECTIONS);
}

/** The most connections that leave each 1 MB of work_mem and its own process. */
export function mostConnectionsFor(memory: number): number {
  const processes = (OVERHEAD_SHARE * memory - FIXED_OVERHEAD) / BACKEND_OVERHEAD;
  const work = (WORK_SHARE * memory) / MiB;
  return Math.floor(Math.min(processes, work));
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
