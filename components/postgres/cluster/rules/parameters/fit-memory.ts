import { mostConnectionsFor } from "./memory-budget";
import { BARE_UNITS, parsePostgresSize } from "../../../../formats/postgres-size";
import { MiB, parseBytes } from "../../../../formats/quantity";
import { rule } from "../../../../contract/rule";
import type { Violation } from "../../../../contract/violation";
import type { SourceParametersArgs } from "../../../recovery/args";

/** Memory settings. */
const SIZES = ["shared_buffers", "work_mem", "maintenance_work_mem", "autovacuum_work_mem"];

export interface Sized {
  /** Undefined for clusters without a limit, which the policy pack reads. */
  resources: { memory?: string };
  parameters: Record<string, string>;
  source?: { parameters?: SourceParametersArgs };
}

export const parametersFitMemory = rule({
  name: "parameters-fit-memory",
  why: "An instance that needs more than its memory limit is killed, again and again, under the load it was sized for.",
  *check({ resources, parameters, source }: Sized) {
    for (const name of SIZES) yield* withUnit(name, parameters[name]);
    const memory = parseBytes(resources.memory);
    if (memory === undefined) return;
    const { shared_buffers: buffers, max_connections: connections } = parameters;
    yield* sharedBuffers(buffers, memory);
    yield* maxConnections(connections, memory, source?.parameters?.max_connections);
  },
});

function* withUnit(name: string, value: string | undefined): Generator<Violation> {
  if (value === undefined || value === "-1") return;
  // The one that the operator reads, too, and in megabytes.
  const isReadTwice = name === "shared_buffers";
  const bareUnit = isReadTwice ? undefined : BARE_UNITS[name];
  if (parsePostgresSize(value, bareUnit) !== undefined) return;
  yield {
    path: `parameters.${name}`,
    value,
    reason: isReadTwice
      ? "must have a unit: PostgreSQL and the operator read a bare number in different units"
      : "is not a valid size in PostgreSQL, and no instance would start",
    remedy: 'Write it with kB, MB or GB, such as "512MB"',
  };
}

function* sharedBuffers(value: string | undefined, memory: number): Generator<Violation> {
  const bytes = value === undefined ? undefined : parsePostgresSize(value);
  if (bytes === undefined || bytes <= memory / 2) return;
  yield {
    path: "parameters.shared_buffers",
    value,
    reason: `exceeds half of the memory limit of ${Math.floor(memory / MiB)}MB, which must also hold every connection and the page cache, so the instance would be killed`,
    remedy: `Remove it (the default is a quarter of the memory), use ${Math.floor(memory / 2 / MiB)}MB or less, or raise resources.memory`,
  };
}

function* maxConnections(
  value: string | undefined,
  memory: number,
  ofSource: string | undefined,
): Generator<Violation> {
  if (value === undefined) return;
  const found = { path: "parameters.max_connections", value };
  if (!/^[1-9]\d{0,5}$/.test(value)) {
    yield {
      ...found,
      reason: "is not a valid number of connections",
      remedy: 'Write a whole number in quotes, such as "200"',
    };
    return;
  }
  const most = mostConnectionsFor(memory);
  if (Number(value) <= most) return;
  yield {
    ...found,
    reason: `exceeds ${most}, the most for a memory limit of ${Math.floor(memory / MiB)}MB: each connection needs a process and work_mem`,
    remedy:
      value === ofSource
        ? "Raise resources.memory: the source has as many, and PostgreSQL does not start a copy with less"
        : "Add a PostgresPooler, which serves thousands of clients with fewer connections, or raise resources.memory",
  };
}
