import type { PostgresClusterArgs } from "../../../../../../components";
import { cronSetup } from "../../../../../../components/postgres/cluster/cron/setup";
import {
  firstOwnerSql,
  otherOwnerSql,
} from "../../../../../../components/postgres/cluster/cron/sql";
import {
  CLUSTER,
  CONFIG_MAP,
  declared,
  JOB,
  MINIMAL,
  NETWORK_POLICY,
} from "../../../../support/cluster-fixtures";
import { crdErrors } from "../../../../support/crd-schema";
import { only } from "../../../../support/registrations";

const FUNCTIONS =
  "cron.schedule_in_database(text, text, text, text, text, boolean), cron.alter_job(bigint, text, text, text, text, boolean)";

const nightly = { name: "nightly", schedule: "0 3 * * *", sql: "DELETE FROM t WHERE a = 'b'" };
const full = { ...nightly, database: undefined, active: true };

const SCHEDULED = [
  "SELECT cron.unschedule(jobid) FROM cron.job WHERE username = current_user AND starts_with(jobname, 'ha-postgres:') AND jobname NOT IN ('ha-postgres:nightly');",
  "SELECT cron.alter_job(jobid, '0 3 * * *', 'DELETE FROM t WHERE a = ''b''', current_database(), NULL, true) FROM cron.job WHERE username = current_user AND jobname = 'ha-postgres:nightly' AND (schedule, command, database, active) IS DISTINCT FROM ('0 3 * * *', 'DELETE FROM t WHERE a = ''b''', current_database(), true);",
  "SELECT cron.schedule_in_database('ha-postgres:nightly', '0 3 * * *', 'DELETE FROM t WHERE a = ''b''', current_database(), NULL, true) WHERE NOT EXISTS (SELECT FROM cron.job WHERE username = current_user AND jobname = 'ha-postgres:nightly');",
];

const REMOVED =
  "SELECT cron.unschedule(jobid) FROM cron.job WHERE username = current_user AND starts_with(jobname, 'ha-postgres:');";

describe("the SQL of the first owner", () => {
  test("removes its declared jobs that left the list, changes others, and creates new ones", () => {
    const [begin, guard, ...rest] = firstOwnerSql([full], []).split(/\n(?=SELECT|GRANT|DO|COMMIT)/);
    expect(begin).toBe("BEGIN;");
    expect(rest).toEqual([...SCHEDULED, "COMMIT;"]);
    expect(guard).toBe(`DO $$ BEGIN
IF to_regnamespace('cron') IS NULL OR NOT coalesce(has_schema_privilege(to_regnamespace('cron'), 'USAGE WITH GRANT OPTION'), false) THEN
RAISE 'pg_cron is not set up in the database % for its owner', current_database() USING HINT = format('As superuser, in this database: CREATE EXTENSION IF NOT EXISTS pg_cron; GRANT USAGE ON SCHEMA cron TO %1$I WITH GRANT OPTION; GRANT EXECUTE ON FUNCTION ${FUNCTIONS} TO %1$I WITH GRANT OPTION;', current_user);
END IF;
END $$;`);
  });

  test("lets the owners of other databases schedule", () => {
    expect(firstOwnerSql([], ["auditor", "o-2"]).split("\n").slice(-4)).toEqual([
      'GRANT USAGE ON SCHEMA cron TO "auditor", "o-2";',
      `GRANT EXECUTE ON FUNCTION ${FUNCTIONS} TO "auditor", "o-2";`,
      REMOVED,
      "COMMIT;",
    ]);
  });
});

describe("the SQL of another owner", () => {
  test("schedules in its own database", () => {
    const sql = otherOwnerSql([{ ...full, database: "audit", active: false }]).split("\n");
    expect(sql).toEqual([
      "BEGIN;",
      ...SCHEDULED.map((line) =>
        line
          .replaceAll("current_database(), NULL, true", "'audit', NULL, false")
          .replaceAll("current_database(), true", "'audit', false"),
      ),
      "COMMIT;",
    ]);
  });

  test("without jobs removes what it had, if it may", () => {
    expect(otherOwnerSql([]).split("\n")).toEqual([
      "SELECT has_schema_privilege('cron', 'USAGE') AS may \\gset",
      "\\if :may",
      REMOVED,
      "\\endif",
    ]);
  });
});

const ARGS: Partial<PostgresClusterArgs> = {
  sharedPreloadLibraries: ["pg_cron"],
  database: { name: "shop", owner: "sales", extensions: ["pg_cron"] },
  roles: [
    { name: "auditor", login: true, password: "generated" },
    { name: "robot", login: true, password: "none" },
  ],
  databases: [
    { name: "audit", owner: "auditor" },
    { name: "reports" },
    { name: "machine", owner: "robot" },
  ],
  certificateUsers: ["robot"],
  cronJobs: [nightly, { ...nightly, database: "reports", name: "reports" }],
};

async function created(args: Partial<PostgresClusterArgs>) {
  const all = await declared({ ...MINIMAL, ...ARGS, ...args });
  const jobs = all.filter(({ type, name }) => type === JOB && name.startsWith("orders-cron"));
  return {
    all,
    jobs: jobs.map(({ name, inputs, dependsOn }) => {
      const { template } = inputs["spec"] as {
        template: {
          spec: { containers: [{ env: { name: string; value?: string; valueFrom?: object }[] }] };
        };
      };
      const { env } = template.spec.containers[0];
      const of = (key: string) => env.find((one) => one.name === key);
      const text = (of("SQL")?.value ?? "").replaceAll("$$", "$");
      return {
        name,
        text,
        user: of("PGUSER")?.valueFrom,
        database: of("PGDATABASE")?.value,
        dependsOn,
      };
    }),
  };
}

describe("a cluster with jobs", () => {
  test("loads pg_cron, creates it with what its owner needs, and tries both before", async () => {
    const { all } = await created({});
    const cluster = only(all, CLUSTER);
    expect(crdErrors("Cluster", cluster.inputs)).toEqual([]);
    expect(cluster.inputs).toMatchObject({
      spec: {
        postgresql: {
          shared_preload_libraries: ["pg_cron"],
          parameters: { "cron.database_name": "shop", "cron.use_background_workers": "on" },
        },
      },
    });
    expect(only(all, CONFIG_MAP).inputs["data"]).toEqual({
      "000-extensions.sql": `CREATE EXTENSION IF NOT EXISTS "pg_cron";\n${cronSetup("sales").join("\n")}\n`,
    });
    expect(cronSetup("sales")).toEqual([
      'GRANT USAGE ON SCHEMA cron TO "sales" WITH GRANT OPTION;',
      `GRANT EXECUTE ON FUNCTION ${FUNCTIONS} TO "sales" WITH GRANT OPTION;`,
    ]);
  });

  test("has each owner schedule its own, in the first database and after everything else", async () => {
    const { jobs } = await created({
      cronJobs: [nightly, { ...nightly, name: "clean", database: "audit" }],
    });
    expect(jobs.map(({ name, database, user }) => ({ name, database, user }))).toEqual([
      {
        name: "orders-cron",
        database: "shop",
        user: { secretKeyRef: { name: "orders-app", key: "username" } },
      },
      {
        name: "orders-cron-auditor",
        database: "shop",
        user: { secretKeyRef: { name: "orders-auditor", key: "username" } },
      },
    ]);
    const [first, auditor] = jobs;
    expect(first?.text).toBe(firstOwnerSql([full], ["auditor"]));
    expect(auditor?.text).toBe(otherOwnerSql([{ ...full, name: "clean", database: "audit" }]));
    expect(first?.dependsOn).toContain(
      "kubernetes:postgresql.cnpg.io/v1:Database::orders-database-audit",
    );
    expect(auditor?.dependsOn).toContain(`${JOB}::orders-cron`);
  });

  test("has the first owner schedule in a database that it owns, too", async () => {
    const { jobs } = await created({});
    expect(jobs.map(({ text }) => text)).toEqual([
      firstOwnerSql([full, { ...full, name: "reports", database: "reports" }], []),
      otherOwnerSql([]),
    ]);
  });

  test("removes them all for an empty list, and leaves them alone without one", async () => {
    const { jobs } = await created({ cronJobs: [] });
    expect(jobs.map(({ text }) => text)).toEqual([firstOwnerSql([], []), otherOwnerSql([])]);
    const all = await declared({ ...MINIMAL, sharedPreloadLibraries: ["pg_cron"] });
    expect(all.filter(({ type, name }) => type === JOB && name.includes("cron"))).toEqual([]);
  });

  test("admits the Job where only some may connect", async () => {
    const all = await declared({ ...MINIMAL, ...ARGS, networkPolicy: { clients: [] } });
    expect(JSON.stringify(only(all, NETWORK_POLICY).inputs)).toContain(
      '"app.kubernetes.io/component":"sql-job"',
    );
  });
});
