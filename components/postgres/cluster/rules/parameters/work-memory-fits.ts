import { parameterOf } from "../../../../upstream/postgres/parameters";
import { numberIn } from "../../../../upstream/postgres/value";
import { KiB, MiB, parseBytes } from "../../../../formats/quantity";
import { rule } from "../../../../contract/rule";
import type { PodResources } from "../../../../kubernetes/pod-resources";

/**
 * Memory settings of a single process, with the number of parts into which the room for it is divided: several queries
 * sort at once.
 */
const PARTS: Readonly<Record<string, number>> = {
  work_mem: 2,
  temp_buffers: 2,
  logical_decoding_work_mem: 2,
  wal_buffers: 2,
  maintenance_work_mem: 1,
  autovacuum_work_mem: 1,
};

export interface Sized {
  version: number;
  resources: Pick<PodResources, "memory">;
  parameters: Record<string, string>;
}

export const workMemoryFits = rule({
  name: "work-memory-fits",
  why: "Memory that one process may take must be available in addition to shared buffers, or the whole instance is killed.",
  *check({ version, resources, parameters }: Sized) {
    const memory = parseBytes(resources.memory);
    if (memory === undefined) return;
    const bytesOf = (name: string) => sizeOf(name, parameters[name], version);
    // A quarter stays for processes and the page cache.
    const room = memory * 0.75 - Math.min(bytesOf("shared_buffers") ?? 0, memory / 2);
    for (const [name, parts] of Object.entries(PARTS)) {
      const bytes = bytesOf(name);
      const most = Math.floor(room / parts / MiB);
      if (bytes === undefined || bytes <= room / parts) continue;
      yield {
        path: `parameters.${name}`,
        value: parameters[name],
        reason: `one process may take that much, and a memory limit of ${Math.floor(memory / MiB)}MB has room for ${most}MB in addition to shared_buffers and the rest, so the instance would be killed`,
        remedy: `Remove it, use ${most}MB or less, or raise resources.memory`,
      };
    }
  },
});

/** The size in bytes; undefined for a value that is not a size. -1 means something else. */
function sizeOf(name: string, value: string | undefined, version: number): number | undefined {
  const parameter = parameterOf(name, version);
  if (!parameter || value === undefined) return undefined;
  const count = numberIn(parameter, value);
  if (count === undefined || count < 0) return undefined;
  return count * (parameter.unit === "8kB" ? 8 * KiB : KiB);
}
