import { z } from "zod";
import { mostConnectionsFor } from "./memory-budget";
import { BARE_UNITS, parsePostgresSize } from "./postgres-size";
import { MiB, parseBytes } from "./quantity";
import { maybe, rule } from "./rule";
import type { Violation } from "./violation";

/** Memory settings. */
const SIZES = ["shared_buffers", "work_mem", "maintenance_work_mem", "autovacuum_work_mem"];

export const parametersFitMemory = rule({
  name: "parameters-fit-memory",
  why: "An instance that needs more than its memory limit is killed, again and again, under the load it was sized for.",
  subject: z.object({
    resources: maybe(z.object({ memory: maybe(z.string()) })),
    parameters: maybe(z.record(z.string(), z.unknown())),
    source: maybe(z.object({ parameters: maybe(z.object({ max_connections: z.unknown() })) })),
  }),
  judge: ({ resources, parameters = {}, source }) => {
    const memory = parseBytes(resources?.memory ?? "");
    const unitless = SIZES.flatMap((name) => judgeUnit(name, parameters[name]));
    if (memory === undefined) return unitless;
    return [
      ...unitless,
      ...judgeSharedBuffers(parameters["shared_buffers"], memory),
      ...judgeConnections(
        parameters["max_connections"],
        memory,
        source?.parameters?.max_connections,
      ),
    ];
  },
});

function judgeUnit(name: string, value: unknown): Violation[] {
  if (value === undefined || value === "-1") return [];
  // The one that the operator reads, too, and in megabytes.
  const isReadTwice = name === "shared_buffers";
  const bareUnit = isReadTwice ? undefined : BARE_UNITS[name];
  if (typeof value === "string" && parsePostgresSize(value, bareUnit) !== undefined) return [];
  return [
    {
      path: `parameters.${name}`,
      value,
      reason: isReadTwice
        ? "it is not a size with a unit, and PostgreSQL and the operator read a bare number in different units"
        : "it is not a size that PostgreSQL reads, and no instance would start",
      remedy: 'Write it with kB, MB or GB, such as "512MB"',
    },
  ];
}

function judgeSharedBuffers(value: unknown, memory: number): Violation[] {
  const bytes = typeof value === "string" ? parsePostgresSize(value) : undefined;
  if (bytes === undefined || bytes <= memory / 2) return [];
  return [
    {
      path: "parameters.shared_buffers",
      value,
      reason: `it is more than half of the memory limit of ${Math.floor(memory / MiB)}MB, which also has to hold every connection and the page cache, so the instance would be killed`,
      remedy: `Remove it (the default is a quarter of the memory), use ${Math.floor(memory / 2 / MiB)}MB or less, or raise resources.memory`,
    },
  ];
}

function judgeConnections(value: unknown, memory: number, ofSource: unknown): Violation[] {
  if (value === undefined) return [];
  const path = "parameters.max_connections";
  if (typeof value !== "string" || !/^[1-9]\d{0,5}$/.test(value)) {
    return [
      {
        path,
        value,
        reason: "it is no number of connections",
        remedy: 'Write a whole number in quotes, such as "200"',
      },
    ];
  }
  const most = mostConnectionsFor(memory);
  if (Number(value) <= most) return [];
  return [
    {
      path,
      value,
      reason: `each connection needs a process and work_mem, and a memory limit of ${Math.floor(memory / MiB)}MB has room for ${most}`,
      remedy:
        value === ofSource
          ? "Raise resources.memory: the source has as many, and PostgreSQL starts no copy with less"
          : "Put a PostgresPooler in front, which serves thousands of clients with these, or raise resources.memory",
    },
  ];
}
