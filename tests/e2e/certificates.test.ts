import type { TLSSocket } from "node:tls";
import { Client, type ClientConfig } from "pg";
import { eventually, npmRunOk } from "./support/commands";
import { asSuperuser, instancePods, primaryPod, query, secret, through } from "./support/database";
import { databaseSize, operatorSize } from "./support/sizes";
import { onStack } from "./support/stack";

const minute = 60_000;

jest.setTimeout(20 * minute);

const size = { instances: 2, ...databaseSize };

describe("Certificates of an authority of one's own", () => {
  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    await deployed({ rotation: "first" });
  }, 90 * minute);

  afterAll(() => npmRunOk("sandbox", "stop"));

  test("server, replicas, pooler and users show certificates that it issued", async () => {
    expect(await shown("own-rw")).toMatchObject({
      issuer: "first intermediate",
      names: expect.stringContaining("IP Address:192.0.2.7") as string,
    });
    await query(await asOwner("pooler"), "SELECT 1");
    const primary = await primaryPod("own");
    const clients = await asSuperuser(
      primary,
      `SELECT DISTINCT usename, client_dn, issuer_dn, version FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
       WHERE usename IN ('streaming_replica', 'cnpg_pooler_pgbouncer') ORDER BY 1`,
    );
    expect(clients.trim().split("\n")).toEqual([
      "cnpg_pooler_pgbouncer|/CN=cnpg_pooler_pgbouncer|/CN=first intermediate|TLSv1.3",
      "streaming_replica|/CN=streaming_replica|/CN=first intermediate|TLSv1.3",
    ]);
    const reporting = await query(
      await withCertificate("own-user-reporting-tls"),
      `SELECT usename, client_dn, issuer_dn, version FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
       WHERE pid = pg_backend_pid()`,
    );
    expect(reporting).toEqual([
      {
        usename: "reporting",
        client_dn: "/CN=reporting",
        issuer_dn: "/CN=first intermediate",
        version: "TLSv1.3",
      },
    ]);
  });

  test.each(["own-rw", "own-ro", "own-r", "pooler"])(
    "%s is verified in full by its short name and by each longer one",
    async (service) => {
      const config = await asOwner(service);
      for (const domain of ["", ".databases", ".databases.svc", ".databases.svc.cluster.local"]) {
        const named = { ...config, ssl: { ...tlsOf(config), servername: service + domain } };
        expect(await query(named, "SELECT current_user")).toEqual([{ current_user: "app" }]);
      }
      const other = { ...config, ssl: { ...tlsOf(config), servername: "db.example.org" } };
      await expect(query(other, "SELECT 1")).rejects.toThrow(
        /does not match certificate's altnames/,
      );
    },
  );

  test("a client of another authority does not take the server for the one it means", async () => {
    const { "ca.crt": ca = "" } = await secret("stranger");
    for (const service of ["own-rw", "pooler"]) {
      const config = await asOwner(service);
      const mistrusting = { ...config, ssl: { ...tlsOf(config), ca } };
      await expect(query(mistrusting, "SELECT 1")).rejects.toThrow(
        /unable to (verify|get local issuer)|self-signed certificate/,
      );
    }
  });

  test.each(["own-rw", "own-r", "pooler"])("%s refuses plaintext", async (service) => {
    const plain = { ...(await asOwner(service)), ssl: false };
    await expect(query(plain, "SELECT 1")).rejects.toThrow(/no encryption|SSL required/);
  });

  test("a login by certificate needs one of the role's own name, and of our authority", async () => {
    const reporting = await withCertificate("own-user-reporting-tls");
    await expect(query({ ...reporting, user: "app" }, "SELECT 1")).rejects.toThrow(
      /password|authentication failed/,
    );
    const replica = await withCertificate("own-replication-tls");
    await expect(query({ ...replica, user: "reporting" }, "SELECT 1")).rejects.toThrow(
      'certificate authentication failed for user "reporting"',
    );
    const stranger = await withCertificate("stranger-reporting");
    await expect(query(stranger, "SELECT 1")).rejects.toThrow(/unknown ca/);
    const { ca, servername } = tlsOf(reporting);
    await expect(query({ ...reporting, ssl: { ca, servername } }, "SELECT 1")).rejects.toThrow(
      /connection requires a valid client certificate/,
    );
  });

  test("renewed certificates are shown without a restart, and under open connections", async () => {
    const before = await shown("own-rw");
    const user = await secret("own-user-reporting-tls");
    await undisturbed(async () => {
      await deployed({ rotation: "first", validityDays: 60 });
      await eventually(
        () => shown("own-rw"),
        ({ serial }) => serial !== before.serial,
        3 * minute,
      );
    });
    expect((await secret("own-user-reporting-tls"))["tls.crt"]).not.toBe(user["tls.crt"]);
    await query(await withCertificate("own-user-reporting-tls"), "SELECT 1");
  });

  test("another authority takes over, without a restart and with nobody locked out", async () => {
    const old = await secret("own-server-ca");
    const oldUser = await withCertificate("own-user-reporting-tls");
    await undisturbed(async () => {
      await deployed({ rotation: "both", validityDays: 60 });
      const both = await secret("own-server-ca");
      await deployed({ rotation: "turned", validityDays: 60 });
      await eventually(
        () => shown("own-rw", both["ca.crt"]),
        ({ issuer }) => issuer === "second intermediate",
        3 * minute,
      );
      // Who has not been given a new certificate yet is still let in.
      await query({ ...oldUser, ssl: { ...tlsOf(oldUser), ca: both["ca.crt"] } }, "SELECT 1");
      await query(await withCertificate("own-user-reporting-tls"), "SELECT 1");

      await deployed({ rotation: "second", validityDays: 60 });
      const trusting = { ...oldUser, ssl: { ...tlsOf(oldUser), ca: both["ca.crt"] } };
      await eventually(
        () => query(trusting, "SELECT 1").then(String, String),
        (answer) => answer.includes("unknown ca"),
        3 * minute,
      );
    });
    await expect(shown("own-rw", old["ca.crt"])).rejects.toThrow(/unable to|self-signed/);
    await replicating("second intermediate");
    expect(await query(await asOwner("pooler"), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("cert-manager takes the issuing over, with the same authority", async () => {
    const before = await shown("own-rw");
    await undisturbed(async () => {
      await deployed({ rotation: "second", validityDays: 60, issuer: "cert-manager" });
      await eventually(
        () => shown("own-rw"),
        ({ serial }) => serial !== before.serial,
        3 * minute,
      );
    });
    expect(await shown("own-rw")).toMatchObject({ issuer: "second intermediate" });
    await query(await withCertificate("own-user-reporting-tls"), "SELECT 1");
    await replicating("second intermediate");
  });

  test("a second deployment changes nothing", () =>
    deployed({ rotation: "second", validityDays: 60, issuer: "cert-manager" }, "preview"));
});

interface Issuing {
  rotation: "first" | "both" | "turned" | "second";
  validityDays?: number;
  issuer?: string;
}

function deployed(
  { rotation, validityDays, issuer }: Issuing,
  command: "up" | "preview" = "up",
): Promise<unknown> {
  return onStack("certificates", command, {
    "ha-postgres:platform": {
      cloudNativePg: operatorSize,
      certManager: {},
    },
    "ha-postgres:clusters": { own: size },
    "ha-postgres:poolers": {
      pooler: { poolMode: "session", instances: 1, resources: { cpu: "100m", memory: "64Mi" } },
    },
    "ha-postgres:rotation": rotation,
    ...(validityDays !== undefined && { "ha-postgres:validityDays": String(validityDays) }),
    ...(issuer !== undefined && { "ha-postgres:issuer": issuer }),
  });
}

/** The owner of the database, with the password. */
async function asOwner(service: string): Promise<ClientConfig> {
  const { username = "", password = "" } = await secret("own-app");
  const { "ca.crt": ca = "" } = await secret("own-server-ca");
  return through(service, { user: username, password, ca });
}

/** The role `reporting`, with a certificate instead of a password. */
async function withCertificate(name: string): Promise<ClientConfig> {
  const { "tls.crt": cert, "tls.key": key } = await secret(name);
  const { "ca.crt": ca = "" } = await secret("own-server-ca");
  const config = await through("own-rw", { user: "reporting", password: "", ca });
  return { ...config, ssl: { ...tlsOf(config), cert, key } };
}

function tlsOf({ ssl }: ClientConfig) {
  return typeof ssl === "object" ? ssl : {};
}

/** The certificate that a service shows. */
async function shown(service: string, ca?: string) {
  const config = await asOwner(service);
  const client = new Client({ ...config, ssl: { ...tlsOf(config), ...(ca && { ca }) } });
  await client.connect();
  try {
    const { connection } = client as unknown as { connection: { stream: TLSSocket } };
    const { issuer, serialNumber, subjectaltname } = connection.stream.getPeerCertificate();
    return { issuer: issuer.CN, serial: serialNumber, names: subjectaltname };
  } finally {
    await client.end();
  }
}

/** Asserts that no instance is restarted and no connection lost while something happens. */
async function undisturbed(happening: () => Promise<void>): Promise<void> {
  const client = new Client(await asOwner("own-rw"));
  const errors: Error[] = [];
  client.on("error", (error) => errors.push(error));
  await client.connect();
  try {
    const before = await startTimes();
    await happening();
    expect(await startTimes()).toEqual(before);
    expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    expect(errors).toEqual([]);
  } finally {
    await client.end();
  }
}

async function startTimes(): Promise<Record<string, string>> {
  const pods = await instancePods("own");
  const times = pods.map(async ({ metadata: { name } }) => [
    name,
    await asSuperuser(name, "SELECT pg_postmaster_start_time()"),
  ]);
  return Object.fromEntries(await Promise.all(times)) as Record<string, string>;
}

/** Waits until the replica streams, having logged in with a certificate of this issuer. */
async function replicating(issuer: string): Promise<void> {
  const primary = await primaryPod("own");
  await asSuperuser(
    primary,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_replication WHERE usename = 'streaming_replica'",
  );
  await eventually(
    () =>
      asSuperuser(
        primary,
        "SELECT issuer_dn FROM pg_stat_replication JOIN pg_stat_ssl USING (pid) WHERE state = 'streaming'",
      ),
    (answer) => answer.trim() === `/CN=${issuer}`,
    2 * minute,
  );
}
