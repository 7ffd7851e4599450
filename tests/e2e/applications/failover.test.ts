/** What applications get: every key of the Secrets connects, and what a failover costs whoever uses them. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Application } from "./application";
import { clientPod } from "../support/client-pod";
import { eventually, kubectl, npmRunOk } from "../support/commands";
import {
  asSuperuser,
  clusterStatus,
  ownerAccess,
  primaryPod,
  secret,
  through,
} from "../support/database";
import { apply, directOk } from "../support/direct";
import { Writer, type WriterReport } from "../support/writer";

const minute = 60_000;

jest.setTimeout(10 * minute);

const inDatabases = "--namespace=databases";

async function isWhole(): Promise<void> {
  await eventually(
    () => clusterStatus("main"),
    ({ phase, readyInstances }) => phase === "Cluster in healthy state" && readyInstances === 3,
    5 * minute,
  );
}

/** A shell's answer in the pod that mounts the Secrets as an application would. */
function inPod(script: string): Promise<string> {
  return directOk("exec", "client", inDatabases, "--", "bash", "-c", script);
}

const whoAndHow =
  "SELECT current_user, current_database(), ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

beforeAll(async () => {
  await npmRunOk("up");
  await isWhole();
  await directOk("delete", "pod", "client", inDatabases, "--ignore-not-found");
  const secrets = { "/owner": "main-app", "/pooler": "main-pooler-app", "/ca": "main-ca" };
  await apply(clientPod("databases", { secrets }));
  await directOk("wait", "--for=condition=Ready", "pod/client", inDatabases, "--timeout=60s");
}, 60 * minute);

afterAll(() => directOk("delete", "pod", "client", inDatabases, "--ignore-not-found"));

describe.each([
  ["the owner's Secret", "/owner", "main-app", "main-rw"],
  ["the pooler's Secret", "/pooler", "main-pooler-app", "main-pooler"],
])("%s", (_, folder, name, service) => {
  test.each(["uri", "libpq-uri"])("libpq connects by %s", async (key) => {
    const answer = await inPod(`psql "$(cat ${folder}/${key})" -tAc "${whoAndHow}"`);
    expect(answer).toBe("app|app|t\n");
  });

  test("libpq verifies the server with what the guide adds to it", async () => {
    const verified = `sslmode=verify-full&sslrootcert=/ca/ca.crt`;
    const answer = await inPod(`psql "$(cat ${folder}/libpq-uri)&${verified}" -tAc "${whoAndHow}"`);
    expect(answer).toBe("app|app|t\n");
    const wrong = inPod(
      `psql "$(sed s/.svc:5432/.svc.cluster.local.:5432/ ${folder}/uri)&${verified}" -tAc "SELECT 1"`,
    );
    await expect(wrong).rejects.toThrow(/does not match host name/);
  });

  test("libpq finds the password in pgpass", async () => {
    // It ignores a file that others can read, as a mounted Secret is.
    const answer = await inPod(
      [
        `install -m 600 ${folder}/pgpass /tmp/pgpass`,
        `PGPASSFILE=/tmp/pgpass psql -w -h "$(cat ${folder}/host)" -U "$(cat ${folder}/username)" -d "$(cat ${folder}/dbname)" -tAc "${whoAndHow}"`,
      ].join(" && "),
    );
    expect(answer).toBe("app|app|t\n");
  });

  test("node-postgres connects by uri, and verifies the server by NODE_EXTRA_CA_CERTS", async () => {
    const { uri = "" } = await secret(name);
    const { ca } = await ownerAccess("main");
    const { host = "" } = await through(service, await ownerAccess("main"));
    expect(await asNodeApplication(uri, host, ca)).toBe("app\n");
    await expect(asNodeApplication(uri, host)).rejects.toThrow(
      /self-signed certificate|unable to verify/,
    );
  });
});

/** A program of its own: Node reads the certificates to trust when it starts. The name is resolved as in a pod. */
async function asNodeApplication(uri: string, address: string, ca?: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "ha-postgres-application-"));
  const program = `
    require("node:dns").lookup = (_, { all }, done) =>
      all ? done(null, [{ address: process.env.ADDRESS, family: 4 }]) : done(null, process.env.ADDRESS, 4);
    const { Client } = require("pg");
    const client = new Client({ connectionString: process.env.DATABASE_URL });
    client.connect()
      .then(() => client.query("SELECT current_user AS who"))
      .then(({ rows }) => console.log(rows[0].who))
      .finally(() => client.end());`;
  try {
    writeFileSync(join(folder, "ca.crt"), ca ?? "");
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", program], {
      env: {
        PATH: process.env["PATH"],
        ADDRESS: address,
        DATABASE_URL: uri,
        ...(ca !== undefined && { NODE_EXTRA_CA_CERTS: join(folder, "ca.crt") }),
      },
    });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function promote(): Promise<void> {
  const primary = await primaryPod("main");
  const status = {
    targetPrimary: primary === "main-1" ? "main-2" : "main-1",
    targetPrimaryTimestamp: new Date().toISOString(),
    phase: "Switchover in progress",
  };
  await kubectl(
    ...["patch", "cluster.postgresql.cnpg.io", "main", inDatabases, "--subresource=status"],
    ...["--type=merge", `--patch=${JSON.stringify({ status })}`],
  );
}

const faults: Record<string, () => Promise<unknown>> = {
  "its pod is killed": async () =>
    kubectl("delete", "pod", await primaryPod("main"), inDatabases, "--force", "--grace-period=0"),
  "another is promoted": promote,
};

describe("Four clients with a driver's defaults, and an application with the guide's retry, through the pooler", () => {
  let writers: Writer[] = [];
  let application: Application | undefined;

  afterEach(async () => {
    await Promise.all(writers.map((writer) => writer.abandon()));
    await application?.abandon();
  });

  test.each(Object.entries(faults))(
    "the primary: %s. No commit is lost, no login is refused, and the application sees a pause and no error",
    async (name, fault) => {
      await isWhole();
      const former = await primaryPod("main");
      const access = await through("main-pooler", await ownerAccess("main"));
      const defaults = { connectionTimeoutMillis: 0 };
      writers = [1, 2, 3, 4].map((index) => new Writer(access, defaults, `written_${index}`));
      await Promise.all(writers.map((writer) => writer.start()));
      application = new Application(access);
      await application.start();
      await fault();
      // A client that PgBouncer keeps waiting goes on over the same connection.
      await eventually(
        () => primaryPod("main").catch(() => former),
        (primary) => primary !== former,
        2 * minute,
      );
      await Promise.all(writers.map((writer) => writer.commits(50)));
      const reports = await Promise.all(writers.map((writer) => writer.stop()));
      const report = await application.stop();
      console.log(
        `${name}: ${[...reports.map(told), `with the retry: ${JSON.stringify(report)}`].join("\n")}`,
      );
      expect(report).toMatchObject({ lost: 0, errors: [] });
      expect(reports.map(({ lost }) => lost)).toEqual([0, 0, 0, 0]);
      const errors = reports.flatMap((report) => Object.keys(report.errors));
      expect(errors.filter((error) => /password|SASL|28P01|no such user/.test(error))).toEqual([]);
      await isWhole();
      const { password: verifier } = await secret("main-owner-verifier");
      const stored = "SELECT rolpassword FROM pg_authid WHERE rolname = 'app'";
      expect(await asSuperuser(await primaryPod("main"), stored)).toBe(`${verifier}\n`);
    },
  );
});

function told({ longestGapSeconds, errors }: WriterReport): string {
  return `${longestGapSeconds} s, ${JSON.stringify(errors)}`;
}
