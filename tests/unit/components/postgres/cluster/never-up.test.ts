/** Arguments that would be accepted, but with which the cluster would never come up. */
import { checkStack } from "../../../../../stack/checks";
import { PostgresCluster } from "../../../../../components/postgres/cluster/cluster";
import { postgresCluster } from "../../../../../components/postgres/cluster/values";
import { RecoveryCluster } from "../../../../../components/postgres/recovery/recovery-cluster";
import { recoveryCluster } from "../../../../../components/postgres/recovery/values";
import { replicaCluster } from "../../../../../components/postgres/replica/values";
import { describe as inWords } from "../../../../../components/contract/violation";
import { AWS, computed } from "../../../support/backup-fixtures";
import { CLUSTER, SECRET } from "../../../support/cluster-fixtures";
import { crdErrors } from "../../../support/crd-schema";
import { only, registrations, secret, valueOf } from "../../../support/registrations";

type Args = Record<string, unknown>;

const size = { storage: { size: "10Gi" } };

const BACKSLASH = "must not end with a backslash: PostgreSQL joins such a line with the next one";

const refusalOf = (args: Args) =>
  postgresCluster
    .validate("orders", { namespace: "shop", ...size, ...args })
    .violations.map(inWords);

describe("an extension that must be preloaded", () => {
  test.each(["timescaledb", "citus", "pg_squeeze", "pglogical", "vchord"])(
    "%s is refused in every database without its library",
    (extension) => {
      const reason = `"${extension}": needs its library when PostgreSQL starts, or it would never be created. Add "${extension}" to sharedPreloadLibraries, with an image that has it.`;
      expect(refusalOf({ database: { extensions: ["vector", extension] } })).toEqual([
        `database.extensions[1] = ${reason}`,
      ]);
      const databases = [{ name: "other", extensions: [extension] }];
      expect(refusalOf({ databases })).toEqual([`databases[0].extensions[0] = ${reason}`]);
      expect(refusalOf({ databases, sharedPreloadLibraries: [extension] })).toEqual([]);
    },
  );

  test.each([
    ["citus_columnar", ["citus"]],
    ["documentdb", ["pg_documentdb"]],
    ["pg_mooncake", ["pg_duckdb", "pg_mooncake"]],
  ])("%s is accepted with the library that has another name", (extension, libraries) => {
    const loaded = { sharedPreloadLibraries: libraries };
    expect(refusalOf({ ...loaded, database: { extensions: [extension] } })).toEqual([]);
    expect(
      refusalOf({ ...loaded, databases: [{ name: "other", extensions: [extension] }] }),
    ).toEqual([]);
  });

  test.each([
    ["pgaudit", "pgaudit.log", "ddl"],
    ["pg_stat_statements", "pg_stat_statements.max", "5000"],
  ])(
    "%s is accepted with one of its parameters, by which the operator loads it",
    (name, parameter, value) => {
      const database = { extensions: [name] };
      expect(refusalOf({ database, parameters: { [parameter]: value } })).toEqual([]);
      expect(refusalOf({ database })).toEqual([
        `database.extensions[0] = "${name}": is dropped again by the operator as long as none of its parameters is set, and ` +
          `loaded and created by it as soon as one is. Add one to parameters, such as ${parameter}: "${value}".`,
      ]);
    },
  );

  test("a library without an extension is refused", () => {
    expect(refusalOf({ database: { extensions: ["auto_explain"] } })).toEqual([
      'database.extensions[0] = "auto_explain": is a library without an extension, and there is nothing to create. Remove ' +
        'it, and set its parameters, such as auto_explain.log_min_duration: "1s".',
    ]);
  });

  test.each(["vector", "pg_trgm", "postgis", "pg_prewarm"])("%s needs nothing", (extension) => {
    expect(refusalOf({ database: { extensions: [extension] } })).toEqual([]);
  });

  test("shared_preload_libraries has an argument of its own", () => {
    expect(refusalOf({ parameters: { shared_preload_libraries: "timescaledb" } })).toEqual([
      'parameters.shared_preload_libraries = "timescaledb": is what sharedPreloadLibraries sets, and the operator adds those ' +
        "whose parameters are set: pg_stat_statements, pgaudit, auto_explain and pg_failover_slots. Remove it, and list the " +
        "others in sharedPreloadLibraries.",
    ]);
  });
});

describe("initdb fails with", () => {
  test.each([
    [{ encoding: "UTF9" }, "database.encoding"],
    [{ encoding: "GB18030" }, "database.encoding"],
    [{ localeProvider: "icu", locale: "german" }, "database.locale"],
    [{ localeProvider: "icu", locale: "xx-YY" }, "database.locale"],
    [{ localeProvider: "icu", locale: "de_" }, "database.locale"],
    [{ localeProvider: "libc", locale: "german" }, "database.locale"],
    [{ localeProvider: "libc", locale: "de-DE" }, "database.locale"],
    [{ localeProvider: "libc", locale: "de_DE" }, "database.locale"],
    [{ localeProvider: "libc", locale: "xx_YY.UTF-8" }, "database.locale"],
    [{ localeProvider: "libc", locale: "de_DE.ISO-8859-1" }, "database.locale"],
    [{ localeProvider: "builtin", locale: "de_DE.UTF-8" }, "database.locale"],
  ])("%p", (database, path) => {
    expect(refusalOf({ database }).map((line) => line.split(" = ")[0])).toEqual([path]);
  });

  test.each([
    { encoding: "LATIN1", localeProvider: "libc", locale: "C" },
    { encoding: "LATIN1", localeProvider: "libc", locale: "de_DE.ISO-8859-1" },
    { localeProvider: "libc", locale: "de_DE.UTF-8" },
    { localeProvider: "libc", locale: "en_US.utf8" },
    { localeProvider: "libc", locale: "C.UTF-8" },
    { localeProvider: "icu", locale: "de-DE" },
    { localeProvider: "icu", locale: "und" },
    { localeProvider: "icu", locale: "de-DE-u-co-phonebk" },
    { localeProvider: "icu", locale: "en_US" },
    { localeProvider: "builtin", locale: "C.UTF-8" },
    { encoding: "SQL_ASCII", localeProvider: "libc", locale: "C" },
  ])("and not with %p", (database) => {
    expect(refusalOf({ database })).toEqual([]);
  });
});

test.each([
  ["hostssl all all all reject \\", BACKSLASH],
  ["hostssl all all all \\\t", BACKSLASH],
  [
    "hostssl all all\f all reject",
    "must not have control characters, after which the end of the line is ambiguous",
  ],
])("a line of pg_hba that may be joined with the next one is refused: %j", (line, reason) => {
  const says = refusalOf({ pgHba: [line] }).filter((one) => one.includes("Write each line"));
  expect(says).toEqual([
    `pgHba[0] = ${JSON.stringify(line)}: ${reason}. Write each line in full, as a separate element.`,
  ]);
});

describe("a schedule that runs too rarely", () => {
  const scheduled = (schedule: string) => refusalOf({ backup: { store: AWS, schedule } });

  test.each([
    ["0 0 2 29 2 *", 1461],
    ["0 0 2 29 FEB ?", 1461],
    ["@every 9000h", 375],
  ])("%s is refused", (schedule, days) => {
    expect(scheduled(schedule)).toEqual([
      `backup.schedule = "${schedule}": ${days} days may pass until the next backup, and a recovery would have to ` +
        'replay all WAL since then. Use one that runs every year, or better every day: "0 0 2 * * *".',
    ]);
  });

  test.each(["@yearly", "0 0 2 1 1 *", "0 0 2 29 2 MON", "0 0 2 31 * *", "@every 8000h"])(
    "%s is not",
    (schedule) => {
      expect(scheduled(schedule)).toEqual([]);
    },
  );
});

describe("a pooler for reads of replicas", () => {
  const stack = (main: Args, pooler: Args) =>
    checkStack(
      {
        clusters: { main: { ...size, ...main } },
        poolers: { pooler: { cluster: "main", poolMode: "session", ...pooler } },
      },
      new Set(),
    ).violations.map(inWords);

  test("is refused before a single instance, which has none", () => {
    expect(stack({ instances: 1 }, { type: "ro" })).toEqual([
      'poolers.pooler.type = "ro": needs replicas, and clusters.main has only a single instance. Use ' +
        "type: r, which leads to any instance, or give clusters.main more instances.",
    ]);
  });

  test.each([
    [{ instances: 1 }, { type: "r" }],
    [{ instances: 1 }, {}],
    [{ instances: 2 }, { type: "ro" }],
    [{}, { type: "ro" }],
  ])("and %p with %p is not", (main, pooler) => {
    expect(stack(main, pooler)).toEqual([]);
  });
});

describe("a database whose name must be quoted", () => {
  const args = {
    namespace: "shop",
    ...size,
    source: { store: AWS, serverName: "orders-1" },
    database: { name: "MyApp", owner: "MyApp_owner" },
    roles: [{ name: "1st.Reader", inRoles: ["Readers"] }],
    databases: [{ name: "audit", owner: "Auditor" }],
  };

  test("is restored, and its URI is one", async () => {
    let cluster: RecoveryCluster | undefined;
    const database = { name: "My.App", owner: "me@example" };
    const all = await registrations(
      () => (cluster = new RecoveryCluster("restored", { ...args, database })),
      { outputs: computed },
    );
    const { inputs } = only(all, CLUSTER);
    expect(inputs["spec"]).toMatchObject({
      bootstrap: { recovery: { database: "My.App", owner: "me@example" } },
    });
    expect(crdErrors("Cluster", inputs)).toEqual([]);
    expect(only(all, SECRET, "restored-owner").inputs["stringData"]).toEqual(
      secret(
        expect.objectContaining({
          uri: "postgresql://me%40example:generated@restored-rw.shop.svc:5432/My.App?sslmode=require",
        }),
      ),
    );
    expect(cluster?.uri && (await valueOf(cluster.uri))).toContain("me%40example:");
  });

  test.each([
    ["RecoveryCluster", recoveryCluster.validate],
    ["ReplicaCluster", replicaCluster.validate],
  ])("is accepted by a %s, with its roles", (_, validate) => {
    expect(validate("restored", args).violations).toEqual([]);
  });

  test("is still refused for a new database or role", () => {
    expect(refusalOf({ database: { name: "MyApp" } }).length).toBeGreaterThan(0);
    expect(refusalOf({ roles: [{ name: "MyApp" }] }).length).toBeGreaterThan(0);
  });

  test.each(["my app", 'my"app', "my'app", "", "x".repeat(64), "a\nb"])(
    "%j is refused, and not reported as missing",
    (name) => {
      const stack = {
        platform: { certManager: {}, barmanCloudPlugin: {} },
        recoveries: {
          restored: {
            ...size,
            backup: false,
            source: { serverName: "pg", store: AWS },
            database: { name, owner: "app" },
          },
        },
      };
      const says = checkStack(stack, new Set()).violations.map(inWords);
      expect(says).toEqual([
        `recoveries.restored.database.name = ${JSON.stringify(name)}: needs quoting, but the operator connects with the ` +
          "name unquoted. Rename it in the source: at most 63 bytes of letters, digits, `_`, `-`, `.`, `@` and `$`, and " +
          "only `_` of the punctuation first.",
      ]);
    },
  );
});

test("the URI of an ordinary database is unchanged", async () => {
  let cluster: PostgresCluster | undefined;
  await registrations(
    () => (cluster = new PostgresCluster("orders", { namespace: "shop", ...size })),
    { outputs: computed },
  );
  expect(cluster?.uri && (await valueOf(cluster.uri))).toBe(
    "postgresql://app:generated@orders-rw.shop.svc:5432/app?sslmode=require",
  );
});

test("a name that every object has in JavaScript is a name like any other", () => {
  const names = ["constructor", "toString", "__proto__", "hasOwnProperty"];
  const args = {
    namespace: "shop",
    storage: { size: "10Gi" },
    database: { extensions: names },
    roles: [{ name: "constructor", login: true }],
    certificateUsers: ["constructor"],
    pgHba: ["hostssl app constructor 10.0.0.0/8 scram-sha-256"],
  };
  const { violations } = postgresCluster.validate("orders", args);
  expect(violations.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([]);
});
