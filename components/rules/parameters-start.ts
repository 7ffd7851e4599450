import { z } from "zod";
import { parameterOf } from "./postgres-parameters";
import { numberIn } from "./postgres-value";
import { maybe, rule } from "./rule";
import type { Violation } from "./violation";

/** PostgreSQL's default of `superuser_reserved_connections`. */
const RESERVED = 3;

/** A WAL segment is 16MB, and the least that is kept are two. */
const LEAST_WAL_MEGABYTES = 32;

interface Declared {
  parameters: Readonly<Record<string, unknown>>;
  version: number;
  instances: number;
}

export const parametersStart = rule({
  name: "parameters-start",
  why: "Some values are each fine, and PostgreSQL does not start, or no replica can follow, with them together or in a pod.",
  subject: z.object({
    version: maybe(z.int()),
    instances: maybe(z.int()),
    parameters: maybe(z.record(z.string(), z.unknown())),
  }),
  judge: ({ version = 18, instances = 1, parameters = {} }) => {
    const declared = { parameters, version, instances };
    return [
      ...reservedConnections(declared),
      ...senders(declared),
      ...walSizes(declared),
      ...protocols(declared),
      ...inPods(declared),
      ...timeZones(declared),
    ];
  },
});

function reservedConnections({ parameters, version }: Declared): Violation[] {
  const count = (name: string, byDefault: number) =>
    numberOf(name, parameters[name], version) ?? byDefault;
  const reserved =
    count("superuser_reserved_connections", RESERVED) + count("reserved_connections", 0);
  const connections = numberOf("max_connections", parameters["max_connections"], version);
  if (connections === undefined || connections > reserved) return [];
  return [
    {
      path: "parameters.max_connections",
      value: parameters["max_connections"],
      reason: `${reserved} connections are reserved for superusers and the like, so none would be left, and PostgreSQL does not start`,
      remedy: `Use more than ${reserved}, 20 at the least for the operator and a small pool`,
    },
  ];
}

/** Each replica needs one, and one that is being made two; on the way to it a slot of its own. */
function senders({ parameters, version, instances }: Declared): Violation[] {
  if (instances < 2) return [];
  return ["max_wal_senders", "max_replication_slots"].flatMap((name) => {
    const count = numberOf(name, parameters[name], version);
    if (count === undefined || count >= instances) return [];
    return [
      {
        path: `parameters.${name}`,
        value: parameters[name],
        reason: `${instances} instances need ${instances}: one for each replica, and one more while another is made`,
        remedy: `Remove it, or use ${instances} or more`,
      },
    ];
  });
}

function walSizes({ parameters, version }: Declared): Violation[] {
  return ["min_wal_size", "max_wal_size"].flatMap((name) => {
    const megabytes = numberOf(name, parameters[name], version);
    if (megabytes === undefined || megabytes >= LEAST_WAL_MEGABYTES) return [];
    return [
      {
        path: `parameters.${name}`,
        value: parameters[name],
        reason: "it is less than two WAL segments of 16MB, and PostgreSQL does not start",
        remedy: `Use ${LEAST_WAL_MEGABYTES}MB or more`,
      },
    ];
  });
}

/** The operator sets TLSv1.3 as the least. */
function protocols({ parameters }: Declared): Violation[] {
  const { ssl_max_protocol_version: most, ssl_min_protocol_version: least = "TLSv1.3" } =
    parameters;
  if (typeof most !== "string" || typeof least !== "string" || most === "") return [];
  if (most.toLowerCase() >= least.toLowerCase()) return [];
  return [
    {
      path: "parameters.ssl_max_protocol_version",
      value: most,
      reason: `it is below ssl_min_protocol_version, ${least}, and PostgreSQL does not start`,
      remedy: 'Remove it, or set ssl_min_protocol_version: "TLSv1.2" as well',
    },
  ];
}

function inPods({ parameters }: Declared): Violation[] {
  const { huge_pages: pages, io_method: io } = parameters;
  return [
    ...(typeof pages === "string" && /^(on|true|yes|1)$/i.test(pages)
      ? [
          {
            path: "parameters.huge_pages",
            value: pages,
            reason:
              "a pod has none without asking for them, which `resources` cannot, and PostgreSQL does not start",
            remedy: 'Remove it, or use "off"',
          },
        ]
      : []),
    ...(typeof io === "string" && io.toLowerCase() === "io_uring"
      ? [
          {
            path: "parameters.io_method",
            value: io,
            reason: "container runtimes forbid io_uring to pods, and PostgreSQL does not start",
            remedy: 'Remove it, or use "worker"',
          },
        ]
      : []),
  ];
}

/** Where it looks like a place it is one of the tz database; what else there is are offsets and rules. */
function timeZones({ parameters }: Declared): Violation[] {
  return ["timezone", "TimeZone", "log_timezone"].flatMap((name) => {
    const value = parameters[name];
    if (typeof value !== "string" || !/^[A-Za-z_]+\/[A-Za-z_+\-0-9/]+$/.test(value)) return [];
    try {
      new Intl.DateTimeFormat("en", { timeZone: value });
      return [];
    } catch {
      return [
        {
          path: `parameters.${name}`,
          value,
          reason: "it is no time zone, and PostgreSQL does not start",
          remedy: 'Use a name of the tz database, such as "Europe/Berlin" or "UTC"',
        },
      ];
    }
  });
}

function numberOf(name: string, value: unknown, version: number): number | undefined {
  const parameter = parameterOf(name, version);
  return parameter && typeof value === "string" ? numberIn(parameter, value) : undefined;
}
