import fc from "fast-check";
import { postgresCluster } from "../../../../../components/postgres/cluster/values";
import {
  parameterNames,
  parameterOf,
} from "../../../../../components/upstream/postgres/parameters";
import { valueRefusal } from "../../../../../components/upstream/postgres/value";
import { describe as inWords } from "../../../../../components/contract/violation";

const MAJORS = [14, 15, 16, 17, 18];

const IMAGE_OF_14 = `ghcr.io/cloudnative-pg/postgresql:14.24-standard-trixie@sha256:${"0".repeat(64)}`;

/** The mistakes in these parameters for an instance of two cores and 8Gi. */
function refusalOf(parameters: Record<string, string>, more: Record<string, unknown> = {}) {
  const { violations } = postgresCluster.validate("orders", {
    namespace: "shop",
    storage: { size: "100Gi" },
    resources: { cpu: "2", memory: "8Gi" },
    parameters,
    // A cluster that runs 14 already keeps it by its image.
    ...(more["version"] === 14 && { image: IMAGE_OF_14 }),
    ...more,
  });
  return violations.map(inWords);
}

describe("PostgreSQL would not start with", () => {
  test.each<[string, string, string]>([
    [
      "shared_buffer",
      "1GB",
      "is not a parameter of PostgreSQL 18, which would not start. Did you mean `shared_buffers`? If not, remove it",
    ],
    [
      "totally_made_up_setting",
      "1",
      "is not a parameter of PostgreSQL 18, which would not start. Remove it",
    ],
    [
      "promote_trigger_file_",
      "x",
      "is not a parameter of PostgreSQL 18, which would not start. Remove it",
    ],
    [
      "vacuum_defer_cleanup_age",
      "10",
      "is not a parameter of PostgreSQL 18 (removed after 15), which would not start. Remove it, or use another version",
    ],
    [
      "server_version",
      "17",
      "cannot be set in postgresql.conf, and PostgreSQL would not start. Remove it",
    ],
    [
      "transaction_isolation",
      "serializable",
      "cannot be set in postgresql.conf, and PostgreSQL would not start. Remove it",
    ],
    ["autovacuum", "maybe", 'must be on or off. Use "on" or "off"'],
    [
      "default_statistics_target",
      "100MB",
      "must be a whole number without a unit. Write a number in quotes, 1 to 10000",
    ],
    [
      "default_statistics_target",
      "10001",
      "must be at most 10000, or PostgreSQL does not start. Use 10000 or less",
    ],
    [
      "statement_timeout",
      "5 minutes",
      "must be a number, with a unit of this parameter or none: us, ms, s, min, h, d. Write a number with one of " +
        "them, 0 to 2147483647ms",
    ],
    [
      "temp_buffers",
      "1mb",
      "must be a number, with a unit of this parameter or none: B, kB, MB, GB, TB. Write a number with one of " +
        "them, 800kB to 8589934584kB",
    ],
    [
      "wal_buffers",
      "banana",
      "must be a number, with a unit of this parameter or none: B, kB, MB, GB, TB. Write a number with one of " +
        "them, -1 to 2097144kB",
    ],
    [
      "checkpoint_timeout",
      "10s",
      "must be at least 30s, or PostgreSQL does not start. Use 30s or more",
    ],
    ["random_page_cost", "-1", "must be at least 0, or PostgreSQL does not start. Use 0 or more"],
    [
      "default_transaction_isolation",
      "snapshot",
      'is not a valid value of this parameter. Use one of "serializable", "repeatable read", "read committed", ' +
        '"read uncommitted"',
    ],
    [
      "max_connections",
      "1",
      "must be more than the 3 connections that are reserved for superusers and the like, or PostgreSQL does not start. " +
        "Use more than 3, at least 20 for the operator and a small pool",
    ],
    [
      "min_wal_size",
      "16MB",
      "must be at least two WAL segments of 16MB, or PostgreSQL does not start. Use 32MB or more",
    ],
    [
      "huge_pages",
      "on",
      "a pod has none without requesting them, which `resources` cannot, and PostgreSQL does not start. Remove it, or use " +
        '"off"',
    ],
    [
      "io_method",
      "io_uring",
      'container runtimes forbid io_uring to pods, and PostgreSQL does not start. Remove it, or use "worker"',
    ],
    [
      "ssl_max_protocol_version",
      "TLSv1.2",
      "must be at least ssl_min_protocol_version, TLSv1.3, or PostgreSQL does not start. Remove it, or set " +
        'ssl_min_protocol_version: "TLSv1.2" as well',
    ],
    [
      "timezone",
      "Mars/Olympus",
      'is not a valid time zone, and PostgreSQL does not start. Use a name of the tz database, such as "Europe/Berlin" or ' +
        '"UTC"',
    ],
  ])("%s = %s", (name, value, says) => {
    expect(refusalOf({ [name]: value })).toEqual([
      `parameters.${name} = ${JSON.stringify(value)}: ${says}.`,
    ]);
  });

  test("a parameter that was added later, or a value of a later major", () => {
    expect(refusalOf({ io_method: "worker" }, { version: 17 })).toEqual([
      'parameters.io_method = "worker": is not a parameter of PostgreSQL 17 (added in 18), which would not start. Remove ' +
        "it, or use another version.",
    ]);
    expect(refusalOf({ wal_compression: "lz4" }, { version: 15 })).toEqual([]);
    expect(refusalOf({ wal_compression: "lz4" }, { version: 14 })).toEqual([
      'parameters.wal_compression = "lz4": must be on or off. Use "on" or "off".',
    ]);
  });

  test("each of them is reported once, also by more specific rules", () => {
    const says = refusalOf({
      max_connections: "many",
      work_mem: "plenty",
      wal_level: "banana",
      max_wal_size: "big",
    });
    expect(says.map((line) => line.split(" = ")[0])).toEqual([
      "parameters.wal_level",
      "parameters.work_mem",
      "parameters.max_connections",
      "parameters.max_wal_size",
    ]);
  });
});

describe("memory of single processes", () => {
  test.each([
    ["work_mem", "64GB", 2048],
    ["work_mem", "67108864", 2048],
    ["temp_buffers", "3GB", 2048],
    ["logical_decoding_work_mem", "4GB", 2048],
    ["maintenance_work_mem", "8GB", 4096],
    ["autovacuum_work_mem", "5GB", 4096],
  ])("%s = %s is refused in 8Gi", (name, value, most) => {
    expect(refusalOf({ [name]: value })).toEqual([
      `parameters.${name} = "${value}": one process may take that much, and a memory limit of 8192MB has room for ` +
        `${most}MB in addition to shared_buffers and the rest, so the instance would be killed. Remove it, use ` +
        `${most}MB or less, or raise resources.memory.`,
    ]);
  });

  test.each([
    ["work_mem", "256MB"],
    ["maintenance_work_mem", "2GB"],
    ["autovacuum_work_mem", "-1"],
  ])("%s = %s is not", (name, value) => {
    expect(refusalOf({ [name]: value })).toEqual([]);
  });
});

test.each(["max_wal_senders", "max_replication_slots"])("replicas need their %s", (name) => {
  expect(refusalOf({ [name]: "2" })).toEqual([
    `parameters.${name} = "2": must be at least 3 for 3 instances: one for each replica, and one more while another is created. Remove it, or use 3 or more.`,
  ]);
  expect(refusalOf({ [name]: "3" })).toEqual([]);
});

describe("what PostgreSQL accepts is accepted", () => {
  test.each([
    ["statement_timeout", "90s"],
    ["statement_timeout", "1.5 min"],
    ["statement_timeout", "0"],
    ["temp_buffers", "8MB"],
    ["temp_buffers", "1024"],
    ["autovacuum", "ON"],
    ["autovacuum", "tr"],
    ["synchronous_commit", "REMOTE_APPLY"],
    ["synchronous_commit", "yes"],
    ["client_min_messages", "debug"],
    ["default_transaction_isolation", "repeatable read"],
    ["vacuum_cost_delay", "2ms"],
    ["vacuum_cost_delay", "0.5"],
    ["log_min_duration_statement", "-1"],
    ["wal_buffers", "-1"],
    ["wal_compression", "zstd"],
    ["default_toast_compression", "lz4"],
    ["timezone", "Europe/Berlin"],
    ["timezone", "UTC"],
    ["datestyle", "iso, dmy"],
    ["my_app.tenant", "42"],
    ["pg_stat_statements.max", "5000"],
    ["zero_damaged_pages", "off"],
    ["huge_pages", "try"],
    ["search_path", '"$user", public'],
  ])("%s = %s", (name, value) => {
    expect(refusalOf({ [name]: value })).toEqual([]);
  });

  test("everything that this package derives, in every major and size", () => {
    const sizes = fc.record({
      cpu: fc.integer({ min: 1, max: 128 }).map(String),
      memory: fc.integer({ min: 1, max: 2048 }).map((size) => `${size}Gi`),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...MAJORS),
        sizes,
        fc.integer({ min: 1, max: 64_000 }),
        (version, resources, volume) => {
          const more = { version, resources, storage: { size: `${volume}Gi` } };
          expect(refusalOf({}, more)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("the catalogue", () => {
  test.each(MAJORS)("has every parameter of PostgreSQL %i", (major) => {
    const names = parameterNames(major);
    expect(names.length).toBeGreaterThan(330);
    expect(names).toEqual(expect.arrayContaining(["work_mem", "shared_buffers", "DateStyle"]));
    // Names are case-insensitive.
    expect(parameterOf("WORK_MEM", major)).toMatchObject({
      name: "work_mem",
      unit: "kB",
      least: 64,
    });
  });

  test("accepts both ends of each range, and nothing beyond", () => {
    for (const major of MAJORS) {
      for (const name of parameterNames(major)) {
        const parameter = parameterOf(name, major);
        if (parameter?.least === undefined || parameter.most === undefined) continue;
        const { least, most } = parameter;
        expect([name, valueRefusal(parameter, String(least))]).toEqual([name, undefined]);
        if (most >= 1e15) continue;
        expect([name, valueRefusal(parameter, String(most))]).toEqual([name, undefined]);
        expect(valueRefusal(parameter, String(least - 1))?.reason).toMatch(/^must be at least /);
        expect(valueRefusal(parameter, String(most + 1))?.reason).toMatch(/^must be at most /);
      }
    }
  });
});
