import type { Output } from "@pulumi/pulumi";
import { parse } from "pg-connection-string";
import { connectionKeys, type Login } from "../../../../../components/postgres/credentials/keys";
import { valueOf } from "../../../support/registrations";

const LOGIN: Login = { username: "app", password: "pw", database: "app" };
const HOST = "main-rw.databases.svc";

async function keys(login: Login, readWrite = true): Promise<Record<string, string>> {
  const found = Object.entries(connectionKeys(login, { host: HOST, readWrite }));
  const known = found.map(
    async ([key, value]) =>
      [key, typeof value === "string" ? value : await valueOf(value as Output<string>)] as const,
  );
  return Object.fromEntries(await Promise.all(known));
}

/** What a driver that decodes a URL reads from it. */
function query(uri: string): Record<string, string> {
  return Object.fromEntries(new URL(uri.replace(/^jdbc:/, "")).searchParams);
}

test("the URI for all drivers has no parameter that some of them refuse", async () => {
  const { uri = "" } = await keys(LOGIN);
  expect(uri).toBe("postgresql://app:pw@main-rw.databases.svc:5432/app?sslmode=require");
});

test("a pooler's URIs do not ask whether it can write, which PgBouncer answers from memory", async () => {
  const { "libpq-uri": libpq = "", "jdbc-uri": jdbc = "" } = await keys(LOGIN, false);
  expect(query(libpq)).toEqual({
    sslmode: "require",
    connect_timeout: "5",
    keepalives: "1",
    keepalives_idle: "5",
    keepalives_interval: "2",
    keepalives_count: "3",
    tcp_user_timeout: "10000",
  });
  expect(query(jdbc)).toEqual({
    user: "app",
    password: "pw",
    sslmode: "require",
    connectTimeout: "5",
    loginTimeout: "10",
    tcpKeepAlive: "true",
  });
});

test("names with characters of URIs and of password files are escaped in each", async () => {
  const odd = { username: "a:b@c", password: "p/w?x", database: "d e\\f" };
  const { uri = "", "jdbc-uri": jdbc = "", pgpass } = await keys(odd);
  // Without `sslmode`, of which it warns.
  expect(parse(uri.replace(/\?.*/, ""))).toMatchObject({
    user: "a:b@c",
    password: "p/w?x",
    host: HOST,
    database: "d e\\f",
  });
  expect(query(jdbc)).toMatchObject({ user: "a:b@c", password: "p/w?x" });
  expect(pgpass).toBe(`${HOST}:5432:d e\\\\f:a\\:b@c:p/w?x\n`);
});
