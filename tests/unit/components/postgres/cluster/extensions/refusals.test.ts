import { PostgresCluster, RecoveryCluster } from "../../../../../../components";
import { unknownOutput } from "../../../../support/registrations";
import { MINIMAL } from "../../../../support/cluster-fixtures";
import { refusalOf } from "../../../../support/refusal";

/** A mistake: the wrong arguments, and the sentences of the error. */
type Mistake = [what: string, wrong: Record<string, unknown>, ...says: string[]];

const CRON = { sharedPreloadLibraries: ["pg_cron"], database: { extensions: ["pg_cron"] } };
const job = { name: "nightly", schedule: "0 3 * * *", sql: "VACUUM" };
const jobs = (...more: Record<string, unknown>[]) => ({
  ...CRON,
  cronJobs: more.map((one) => ({ ...job, ...one })),
});
const DIGEST = `@sha256:${"0".repeat(64)}`;
const VECTOR = { name: "vector", image: `registry.example/vector:0.8${DIGEST}` };

const FORM =
  'Write minute, hour, day, month and day of the week, such as "0 3 * * *", or an interval such as "30 seconds".';

const libraryMistakes: Mistake[] = [
  [
    "several libraries in one text",
    { sharedPreloadLibraries: ["pg_cron,timescaledb"] },
    'sharedPreloadLibraries[0] = "pg_cron,timescaledb": is not a valid name of a library. Use the name of its file without ' +
      'the ending, such as "pg_cron".',
  ],
  [
    "a library twice",
    { sharedPreloadLibraries: ["timescaledb", "timescaledb"] },
    'sharedPreloadLibraries[1] = "timescaledb": is already sharedPreloadLibraries[0]. Remove it.',
  ],
  [
    "a library that the operator manages, without a parameter",
    { sharedPreloadLibraries: ["pgaudit"] },
    'sharedPreloadLibraries[0] = "pgaudit": is loaded by the operator as soon as one of its parameters is set, and as long ' +
      'as none is it drops the extension. Set one in parameters, such as pgaudit.log: "ddl"; then it need not be in this list.',
  ],
  [
    "pg_stat_statements in the list, without a parameter",
    { sharedPreloadLibraries: ["timescaledb", "pg_stat_statements"] },
    'sharedPreloadLibraries[1] = "pg_stat_statements": is loaded by the operator as soon as one of its parameters is set, and ' +
      'as long as none is it drops the extension. Set one in parameters, such as pg_stat_statements.max: "5000"; then it need ' +
      "not be in this list.",
  ],
  [
    "pg_failover_slots in the list, without a parameter",
    { sharedPreloadLibraries: ["pg_failover_slots"] },
    'sharedPreloadLibraries[0] = "pg_failover_slots": is loaded by the operator as soon as one of its parameters is set, and ' +
      "as long as none is it does not tell the library for which replicas to wait. Set one in parameters, such as " +
      'pg_failover_slots.synchronize_slot_names: "name_like:%"; then it need not be in this list.',
  ],
  [
    "pg_failover_slots without feedback of the replicas",
    { parameters: { "pg_failover_slots.synchronize_slot_names": "name_like:%" } },
    "parameters.hot_standby_feedback = (not set): must be on with the parameters of pg_failover_slots, or it copies no slot. " +
      'Set it to "on", or remove its parameters.',
  ],
  [
    "pg_failover_slots without slots of the replicas",
    {
      parameters: {
        "pg_failover_slots.synchronize_slot_names": "name_like:%",
        hot_standby_feedback: "on",
      },
      spec: { replicationSlots: { highAvailability: { enabled: false } } },
    },
    "spec.replicationSlots.highAvailability.enabled = false: must be true with the parameters of pg_failover_slots. " +
      "Remove it, or those parameters.",
  ],
  [
    "SQL that creates what the operator drops",
    {
      database: { sql: [{ sql: 'create extension\n if not exists "pgaudit";', as: "superuser" }] },
    },
    'database.sql[0].sql = "[not shown]": creates pgaudit, which is dropped again by the operator as long as none of its ' +
      "parameters is set, and loaded and created by it as soon as one is. Add one to parameters, such as " +
      'pgaudit.log: "ddl".',
  ],
  [
    "citus after another one",
    { sharedPreloadLibraries: ["timescaledb", "citus"] },
    'sharedPreloadLibraries[1] = "citus": must be the first library, or PostgreSQL does not start. Put it first.',
  ],
  [
    "parameters of a library that is not loaded",
    { parameters: { "cron.timezone": "Europe/Zurich" } },
    'parameters["cron.timezone"] = "Europe/Zurich": has no effect, since pg_cron is not loaded. Add "pg_cron" to ' +
      "sharedPreloadLibraries, or remove it.",
  ],
  [
    "the list in spec",
    { spec: { postgresql: { shared_preload_libraries: ["pg_cron"] } } },
    'spec.postgresql.shared_preload_libraries = "[not shown]": is what sharedPreloadLibraries sets, and the two would ' +
      "contradict each other. Remove it, and set sharedPreloadLibraries instead.",
  ],
];

const cronMistakes: Mistake[] = [
  [
    "jobs without pg_cron",
    { cronJobs: [job] },
    'cronJobs = "[not shown]": are run by pg_cron, whose library is not loaded. Add "pg_cron" to sharedPreloadLibraries, ' +
      "with an image that has it.",
    'database.extensions = []: must have pg_cron, which keeps the jobs. Add "pg_cron"; in a database that exists, a ' +
      "superuser creates it once.",
  ],
  [
    "pg_cron in another database than the first",
    {
      sharedPreloadLibraries: ["pg_cron"],
      databases: [{ name: "audit", extensions: ["pg_cron"] }],
    },
    'databases[0].extensions[0] = "pg_cron": can be created in one database only, and here that is the first one. Add it to ' +
      "database.extensions instead; jobs can run in every database.",
  ],
  [
    "another database of pg_cron",
    { ...CRON, parameters: { "cron.database_name": "postgres" } },
    'parameters["cron.database_name"] = "postgres": must be "app", the first database: pg_cron can be created nowhere else, ' +
      "and its owner sets the jobs. Remove it; jobs in other databases have their own `database`.",
  ],
  [
    "two jobs of one name",
    jobs({}, {}),
    'cronJobs[1].name = "nightly": is the name of cronJobs[0]. Use another name.',
  ],
  [
    "a job whose name needs quotes",
    jobs({ name: "every night" }),
    'cronJobs[0].name = "every night": is not a valid name of a job. Use at most 63 letters, digits, `-`, `_` and `.`, a ' +
      "letter or digit first.",
  ],
  [
    "a schedule with seconds, as backups have it",
    jobs({ schedule: "0 0 3 * * *" }),
    'cronJobs[0].schedule = "0 0 3 * * *": must have five fields: pg_cron has none for seconds, and would not read the last ' +
      'one. Remove the seconds in front, or write an interval such as "30 seconds".',
  ],
  [
    "a schedule of four fields",
    jobs({ schedule: "0 3 * *" }),
    `cronJobs[0].schedule = "0 3 * *": must have five fields, not 4. ${FORM}`,
  ],
  [
    "an hour that no day has",
    jobs({ schedule: "0 24 * * *" }),
    'cronJobs[0].schedule = "0 24 * * *": `24` is not a valid hour. Use *, 0 to 23, ranges such as 0-2, lists with commas ' +
      "and steps such as */2.",
  ],
  [
    "a step without a range",
    jobs({ schedule: "5/15 * * * *" }),
    'cronJobs[0].schedule = "5/15 * * * *": `5/15` is not a valid minute. Use *, 0 to 59, ranges such as 0-2, lists with ' +
      "commas and steps such as */2.",
  ],
  [
    "an interval of minutes in seconds",
    jobs({ schedule: "90 seconds" }),
    'cronJobs[0].schedule = "90 seconds": must be an interval of 1 to 59 seconds. Write "30 seconds", or five fields for a ' +
      'longer one: "*/5 * * * *".',
  ],
  [
    "a word that pg_cron does not know",
    jobs({ schedule: "@every 5m" }),
    'cronJobs[0].schedule = "@every 5m": is not a word that pg_cron knows. Use @yearly, @annually, @monthly, @weekly, ' +
      "@daily, @midnight, @hourly, @reboot, or five fields.",
  ],
  [
    "a job with a password",
    jobs({ sql: "ALTER ROLE reader PASSWORD 'hunter2'" }),
    'cronJobs[0].sql = "[not shown]": sets a password, which anyone who may read the stack\'s state or cron.job could see. ' +
      "Remove it.",
  ],
  [
    "a job in a database that nobody declares",
    jobs({ database: "audit" }),
    'cronJobs[0].database = "audit": is not a declared database, so nobody is known who could schedule its jobs. Declare it ' +
      "in databases, or remove it for the first database.",
  ],
  [
    "a job in the database of a role without a known password",
    {
      ...jobs({ database: "audit" }),
      roles: [{ name: "auditor" }],
      databases: [{ name: "audit", owner: "auditor" }],
    },
    'cronJobs[0].database = "audit": is a database whose owner, "auditor", schedules its jobs and has no password that is ' +
      'known here. Give the owner password: "generated" or a passwordSecret and take it out of certificateUsers, or schedule ' +
      "in a migration.",
  ],
  [
    "jobs of an owner that logs in by certificate",
    { ...jobs({}), certificateUsers: ["app"] },
    'cronJobs[0].database = (not set): cannot have jobs: the owner of the first database, "app", sets pg_cron up and has no ' +
      'password that is known here. Give the owner password: "generated" or a passwordSecret and take it out of ' +
      "certificateUsers, or schedule in a migration.",
  ],
];

const imageMistakes: Mistake[] = [
  [
    "an image and a catalogue",
    { image: `registry.example/pg:18.6${DIGEST}`, imageCatalog: { name: "images" } },
    `image = "registry.example/pg:18.6${DIGEST}": is what imageCatalog is for, and CloudNativePG refuses both. Remove one of ` +
      "the two.",
  ],
  [
    "an image of the catalogue that is not of the version",
    { imageCatalog: { name: "images", image: `registry.example/pg:17.11${DIGEST}` } },
    `imageCatalog.image = "registry.example/pg:17.11${DIGEST}": has a tag of PostgreSQL 17, but version is 18. Set version: ` +
      "17, or an image of PostgreSQL 18.",
  ],
  [
    "a catalogue of another kind",
    { imageCatalog: { name: "images", kind: "Catalog" } },
    'imageCatalog.kind = "Catalog": is not a valid value. Use one of "ImageCatalog", "ClusterImageCatalog".',
  ],
  [
    "images of extensions before PostgreSQL 18",
    { version: 17, extensionImages: [VECTOR] },
    'extensionImages = ["vector"]: need PostgreSQL 18, the first that finds extensions outside of its own image, and this is ' +
      "17. Use an image of PostgreSQL that contains them, or version: 18.",
  ],
  [
    "an extension without an image or a catalogue",
    { extensionImages: [{ name: "vector" }] },
    "extensionImages[0].image = (not set): must be set, since there is no catalogue that could have it. Name an image, with " +
      "its digest.",
  ],
  [
    "a moving image",
    { extensionImages: [{ name: "vector", image: "registry.example/vector:latest" }] },
    'extensionImages[0].image = "registry.example/vector:latest": must name a fixed version, or a restarted pod could run ' +
      "other software. Give repository@sha256:…, repository:tag@sha256:… or repository:tag.",
  ],
  [
    "two extensions of one volume",
    {
      extensionImages: [
        { ...VECTOR, name: "pg_ivm" },
        { ...VECTOR, name: "pg-ivm" },
      ],
    },
    'extensionImages[1].name = "pg-ivm": is the name of extensionImages[0], or differs from it only in - and _. Remove one of ' +
      "the two.",
  ],
  [
    "a folder outside of the image",
    { extensionImages: [{ ...VECTOR, dynamicLibraryPath: ["../lib"] }] },
    'extensionImages[0].dynamicLibraryPath[0] = "../lib": is not a valid folder of an image. Use a relative path without ' +
      '"..", such as "usr/share/postgresql".',
  ],
  [
    "variables that belong to the operator, or have an argument",
    { extensionImages: [{ ...VECTOR, env: { PATH: "/a", PGDATA: "/b" } }] },
    'extensionImages[0].env.PATH = "/a": is what binPath sets. Set binPath instead.',
    'extensionImages[0].env.PGDATA = "/b": is reserved for the operator, which refuses it. Use another name, or remove it.',
  ],
];

describe("PostgresCluster refuses", () => {
  test.each([...libraryMistakes, ...cronMistakes, ...imageMistakes])(
    "%s",
    async (_, wrong, ...says) => {
      expect(
        await refusalOf(() => new PostgresCluster("orders", { ...MINIMAL, ...wrong })),
      ).toEqual(says);
    },
  );
});

test("a recovery names the database of pg_cron if it is known only later", async () => {
  const recover = (more: object) => async () => {
    new RecoveryCluster("restored", {
      ...MINIMAL,
      source: {
        store: { destinationPath: "s3://backups/" },
        serverName: "orders-1",
      },
      database: { name: unknownOutput<string>(), owner: "app" },
      sharedPreloadLibraries: ["pg_cron"],
      ...more,
    });
    await Promise.resolve();
  };
  await expect(recover({})).rejects.toThrow(
    'parameters["cron.database_name"] = (not set): must be set: the name of the first database is known only after a ' +
      "deployment. Set it to the name of the database that pg_cron was created in.",
  );
});

test("what is right is accepted", () => {
  const declare = (args: object) => () => new PostgresCluster("orders", { ...MINIMAL, ...args });
  for (const schedule of [
    "*/5 0-6,22 $ jan-mar 1-5",
    "1 second",
    "59 seconds",
    "@daily",
    "0 0 * * sun,7",
  ]) {
    expect(declare(jobs({ schedule }))).not.toThrow();
  }
  expect(
    declare({ sharedPreloadLibraries: ["pgaudit"], parameters: { "pgaudit.log": "ddl" } }),
  ).not.toThrow();
  expect(declare({ sharedPreloadLibraries: ["auto_explain"] })).not.toThrow();
  for (const hot_standby_feedback of ["on", "YES", "1"]) {
    const parameters = {
      "pg_failover_slots.synchronize_slot_names": "name:a",
      hot_standby_feedback,
    };
    expect(declare({ parameters })).not.toThrow();
    expect(declare({ parameters, sharedPreloadLibraries: ["pg_failover_slots"] })).not.toThrow();
  }
  const schema = ["CREATE EXTENSION pg_stat_statements; CREATE EXTENSION pgaudit_2;"];
  const parameters = { "pg_stat_statements.track": "all" };
  expect(declare({ database: { schema }, parameters })).not.toThrow();
  expect(declare({ ...CRON, cronJobs: [] })).not.toThrow();
  const imageCatalog = { name: "images", image: `registry.example/pg${DIGEST}` };
  expect(declare({ imageCatalog })).not.toThrow();
  // Without jobs it may be wherever SQL at creation puts it.
  expect(
    declare({
      sharedPreloadLibraries: ["pg_cron"],
      parameters: { "cron.database_name": "postgres" },
    }),
  ).not.toThrow();
});
