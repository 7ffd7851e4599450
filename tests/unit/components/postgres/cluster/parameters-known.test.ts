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

/** What is said of these parameters in an instance of two cores and 8Gi. */
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
      "PostgreSQL 18 has no such parameter, and would not start. Did you mean `shared_buffers`? If not, remove it",
    ],
    [
      "totally_made_up_setting",
      "1",
      "PostgreSQL 18 has no such parameter, and would not start. Remove it",
    ],
    [
      "promote_trigger_file_",
      "x",
      "PostgreSQL 18 has no such parameter, and would not start. Remove it",
    ],
    [
      "vacuum_defer_cleanup_age",
      "10",
      "PostgreSQL 18 has no such parameter (it went after 15), and would not start. Remove it, or use another version",
    ],
    [
      "server_version",
      "17",
      "it cannot be set in postgresql.conf, and PostgreSQL would not start. Remove it",
    ],
    [
      "transaction_isolation",
      "serializable",
      "it cannot be set in postgresql.conf, and PostgreSQL would not start. Remove it",
    ],
    ["autovacuum", "maybe", 'it is neither on nor off. Use "on" or "off"'],
    [
      "default_statistics_target",
      "100MB",
      "it is no whole number, and this parameter has no unit. Write a number in quotes, 1 to 10000",
    ],
    [
      "default_statistics_target",
      "10001",
      "it is above the most that PostgreSQL starts with, 10000. Use 10000 or less",
    ],
    [
      "statement_timeout",
      "5 minutes",
      "it is no number, or none with a unit that this parameter has: us, ms, s, min, h, d. Write a number with one of them, " +
        "0 to 2147483647ms",
    ],
    [
      "temp_buffers",
      "1mb",
      "it is no number, or none with a unit that this parameter has: B, kB, MB, GB, TB. Write a number with one of them, " +
        "800kB to 8589934584kB",
    ],
    [
      "wal_buffers",
      "banana",
      "it is no number, or none with a unit that this parameter has: B, kB, MB, GB, TB. Write a number with one of them, " +
        "-1 to 2097144kB",
    ],
    [
      "checkpoint_timeout",
      "10s",
      "it is below the least that PostgreSQL starts with, 30s. Use 30s or more",
    ],
    [
      "random_page_cost",
      "-1",
      "it is below the least that PostgreSQL starts with, 0. Use 0 or more",
    ],
    [
      "default_transaction_isolation",
      "snapshot",
      'it is none of the values that this parameter has. Use one of "serializable", "repeatable read", "read committed", ' +
        '"read uncommitted"',
    ],
    [
      "max_connections",
      "1",
      "3 connections are reserved for superusers and the like, so none would be left, and PostgreSQL does not start. Use more " +
        "than 3, 20 at the least for the operator and a small pool",
    ],
    [
      "min_wal_size",
      "16MB",
      "it is less than two WAL segments of 16MB, and PostgreSQL does not start. Use 32MB or more",
    ],
    [
      "huge_pages",
      "on",
      "a pod has none without asking for them, which `resources` cannot, and PostgreSQL does not start. Remove it, or use " +
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
      "it is below ssl_min_protocol_version, TLSv1.3, and PostgreSQL does not start. Remove it, or set " +
        'ssl_min_protocol_version: "TLSv1.2" as well',
    ],
    [
      "timezone",
      "Mars/Olympus",
      'it is no time zone, and PostgreSQL does not start. Use a name of the tz database, such as "Europe/Berlin" or "UTC"',
    ],
  ])("%s = %s", (name, value, says) => {
    expect(refusalOf({ [name]: value })).toEqual([
      `parameters.${name} = ${JSON.stringify(value)}: ${says}.`,
    ]);
  });

  test("what came with a later major, or went before", () => {
    expect(refusalOf({ io_method: "worker" }, { version: 17 })).toEqual([
      'parameters.io_method = "worker": PostgreSQL 17 has no such parameter (it came with 18), and would not start. Remove it, ' +
        "or use another version.",
    ]);
    expect(refusalOf({ wal_compression: "lz4" }, { version: 15 })).toEqual([]);
    expect(refusalOf({ wal_compression: "lz4" }, { version: 14 })).toEqual([
      'parameters.wal_compression = "lz4": it is neither on nor off. Use "on" or "off".',
    ]);
  });

  test("each of them is told once, also by those rules that know it better", () => {
    const told = refusalOf({
      max_connections: "many",
      work_mem: "plenty",
      wal_level: "banana",
      max_wal_size: "big",
    });
    expect(told.map((line) => line.split(" = ")[0])).toEqual([
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
    ["work_mem", "67108864", undefined],
    ["temp_buffers", "3GB", 2048],
    ["logical_decoding_work_mem", "4GB", 2048],
    ["maintenance_work_mem", "8GB", 4096],
    ["autovacuum_work_mem", "5GB", 4096],
  ])("%s = %s is refused in 8Gi", (name, value, most) => {
    const [told = "", ...others] = refusalOf({ [name]: value });
    expect(others).toEqual([]);
    expect(told).toContain(`parameters.${name} = "${value}"`);
    if (most !== undefined) expect(told).toContain(`has room for ${most}MB`);
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
    `parameters.${name} = "2": 3 instances need 3: one for each replica, and one more while another is made. Remove it, or use 3 or more.`,
  ]);
  expect(refusalOf({ [name]: "3" })).toEqual([]);
});

describe("what PostgreSQL takes is taken", () => {
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

  test("whatever this package derives, in every major and size", () => {
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
    // Names have no case.
    expect(parameterOf("WORK_MEM", major)).toMatchObject({
      name: "work_mem",
      unit: "kB",
      least: 64,
    });
  });

  test("and takes both ends of each range, and nothing beyond", () => {
    for (const major of MAJORS) {
      for (const name of parameterNames(major)) {
        const parameter = parameterOf(name, major);
        if (parameter?.least === undefined || parameter.most === undefined) continue;
        const { least, most } = parameter;
        expect([name, valueRefusal(parameter, String(least))]).toEqual([name, undefined]);
        if (most >= 1e15) continue;
        expect([name, valueRefusal(parameter, String(most))]).toEqual([name, undefined]);
        expect(valueRefusal(parameter, String(least - 1))?.reason).toContain("below the least");
        expect(valueRefusal(parameter, String(most + 1))?.reason).toContain("above the most");
      }
    }
  });
});
