import { parameterOf } from "../../../../upstream/postgres/parameters";
import { numberIn } from "../../../../upstream/postgres/value";
import { rule } from "../../../../contract/rule";
import type { Violation } from "../../../../contract/violation";

/** PostgreSQL's default of `superuser_reserved_connections`. */
const RESERVED = 3;

/** A WAL segment is 16MB, and the least that is kept are two. */
const LEAST_WAL_MEGABYTES = 32;

export interface Declared {
  parameters: Record<string, string>;
  version: number;
  instances: number;
}

export const parametersStart = rule({
  name: "parameters-start",
  why: "Some values are each fine, and PostgreSQL does not start, or no replica can follow, with them together or in a pod.",
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
    reason: `${reserved} connections are reserved for superusers and the like, so none would be left, and PostgreSQL does not start`,
    remedy: `Use more than ${reserved}, 20 at the least for the operator and a small pool`,
  };
}

/** Each replica needs one, and one that is being made two; on the way to it a slot of its own. */
function* senders({ parameters, version, instances }: Declared): Generator<Violation> {
  if (instances < 2) return;
  for (const name of ["max_wal_senders", "max_replication_slots"]) {
    const count = numberOf(name, parameters[name], version);
    if (count === undefined || count >= instances) continue;
    yield {
      path: `parameters.${name}`,
      value: parameters[name],
      reason: `${instances} instances need ${instances}: one for each replica, and one more while another is made`,
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
      reason: "it is less than two WAL segments of 16MB, and PostgreSQL does not start",
      remedy: `Use ${LEAST_WAL_MEGABYTES}MB or more`,
    };
  }
}

/** The operator sets TLSv1.3 as the least. */
function* protocols({ parameters }: Declared): Generator<Violation> {
  const { ssl_max_protocol_version: most, ssl_min_protocol_version: least = "TLSv1.3" } =
    parameters;
  if (most === undefined || most === "" || most.toLowerCase() >= least.toLowerCase()) return;
  yield {
    path: "parameters.ssl_max_protocol_version",
    value: most,
    reason: `it is below ssl_min_protocol_version, ${least}, and PostgreSQL does not start`,
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
        "a pod has none without asking for them, which `resources` cannot, and PostgreSQL does not start",
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

/** Where it looks like a place it is one of the tz database; what else there is are offsets and rules. */
function* timeZones({ parameters }: Declared): Generator<Violation> {
  for (const name of ["timezone", "TimeZone", "log_timezone"]) {
    const value = parameters[name];
    if (value === undefined || !/^[A-Za-z_]+\/[A-Za-z_+\-0-9/]+$/.test(value)) continue;
    if (isTimeZone(value)) continue;
    yield {
      path: `parameters.${name}`,
      value,
      reason: "it is no time zone, and PostgreSQL does not start",
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
