import { parameterOf } from "../../../../upstream/postgres/parameters";
import { numberIn } from "../../../../upstream/postgres/value";
import { rule } from "../../../../contract/rule";
import type { Violation } from "../../../../contract/violation";

/** PostgreSQL's default of `superuser_reserved_connections`. */
const RESERVED = 3;

/** A WAL segment is 16MB, and at least two are kept. */
const LEAST_WAL_MEGABYTES = 32;

export interface Declared {
  parameters: Record<string, string>;
  version: number;
  instances: number;
}

export const parametersStart = rule({
  name: "parameters-start",
  why: "Some values are valid alone, but together or in a pod PostgreSQL does not start, or no replica can follow.",
  *check(declared: Declared) {
    yield* reservedConnections(declared);
    yield* senders(declared);
    yield* walSizes(declared);
    yield* protocols(declared);
    yield* inPods(declared);
    yield* timeZones(declared);
  },
});

function* reservedConnections({ parameters, version }: Declared): Generator<Violation> {
  const count = (name: string, byDefault: number) =>
    numberOf(name, parameters[name], version) ?? byDefault;
  const reserved =
    count("superuser_reserved_connections", RESERVED) + count("reserved_connections", 0);
  const connections = numberOf("max_connections", parameters["max_connections"], version);
  if (connections === undefined || connections > reserved) return;
  yield {
    path: "parameters.max_connections",
    value: parameters["max_connections"],
    reason: `must be more than the ${reserved} connections that are reserved for superusers and the like, or PostgreSQL does not start`,
    remedy: `Use more than ${reserved}, at least 20 for the operator and a small pool`,
  };
}

/** Each replica needs one sender and one slot, and a replica that is being created needs two senders. */
function* senders({ parameters, version, instances }: Declared): Generator<Violation> {
  if (instances < 2) return;
  for (const name of ["max_wal_senders", "max_replication_slots"]) {
    const count = numberOf(name, parameters[name], version);
    if (count === undefined || count >= instances) continue;
    yield {
      path: `parameters.${name}`,
      value: parameters[name],
      reason: `must be at least ${instances} for ${instances} instances: one for each replica, and one more while another is created`,
      remedy: `Remove it, or use ${instances} or more`,
    };
  }
}

function* walSizes({ parameters, version }: Declared): Generator<Violation> {
  for (const name of ["min_wal_size", "max_wal_size"]) {
    const megabytes = numberOf(name, parameters[name], version);
    if (megabytes === undefined || megabytes >= LEAST_WAL_MEGABYTES) continue;
    yield {
      path: `parameters.${name}`,
      value: parameters[name],
      reason: "must be at least two WAL segments of 16MB, or PostgreSQL does not start",
      remedy: `Use ${LEAST_WAL_MEGABYTES}MB or more`,
    };
  }
}

/** The operator sets TLSv1.3 as the minimum. */
function* protocols({ parameters }: Declared): Generator<Violation> {
  const { ssl_max_protocol_version: most, ssl_min_protocol_version: least = "TLSv1.3" } =
    parameters;
  if (most === undefined || most === "" || most.toLowerCase() >= least.toLowerCase()) return;
  yield {
    path: "parameters.ssl_max_protocol_version",
    value: most,
    reason: `must be at least ssl_min_protocol_version, ${least}, or PostgreSQL does not start`,
    remedy: 'Remove it, or set ssl_min_protocol_version: "TLSv1.2" as well',
  };
}

function* inPods({ parameters }: Declared): Generator<Violation> {
  const { huge_pages: pages, io_method: io } = parameters;
  if (pages !== undefined && /^(on|true|yes|1)$/i.test(pages)) {
    yield {
      path: "parameters.huge_pages",
      value: pages,
      reason:
        "a pod has none without requesting them, which `resources` cannot, and PostgreSQL does not start",
      remedy: 'Remove it, or use "off"',
    };
  }
  if (io?.toLowerCase() === "io_uring") {
    yield {
      path: "parameters.io_method",
      value: io,
      reason: "container runtimes forbid io_uring to pods, and PostgreSQL does not start",
      remedy: 'Remove it, or use "worker"',
    };
  }
}

/** Checks only values that look like a place of the tz database; others are offsets and rules. */
function* timeZones({ parameters }: Declared): Generator<Violation> {
  for (const name of ["timezone", "TimeZone", "log_timezone"]) {
    const value = parameters[name];
    if (value === undefined || !/^[A-Za-z_]+\/[A-Za-z_+\-0-9/]+$/.test(value)) continue;
    if (isTimeZone(value)) continue;
    yield {
      path: `parameters.${name}`,
      value,
      reason: "is not a valid time zone, and PostgreSQL does not start",
      remedy: 'Use a name of the tz database, such as "Europe/Berlin" or "UTC"',
    };
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function numberOf(name: string, value: string | undefined, version: number): number | undefined {
  const parameter = parameterOf(name, version);
  return parameter && value !== undefined ? numberIn(parameter, value) : undefined;
}
