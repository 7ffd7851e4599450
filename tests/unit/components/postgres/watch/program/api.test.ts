import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api, ApiError } from "../../../../../../components/postgres/watch/program/api";
import { certificateFixture } from "../../../../support/certificate-fixtures";

/** What the server was asked: method, path, token and body. */
const asked: string[] = [];
let server: Server;
let folder: string;

beforeAll(async () => {
  const { certificate, privateKey } = await certificateFixture({
    commonName: "localhost",
    days: 1,
  });
  folder = mkdtempSync(join(tmpdir(), "ha-postgres-account-"));
  writeFileSync(join(folder, "ca.crt"), certificate);
  server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
    void bodyOf(request).then((body) => {
      const { method = "", url = "", headers } = request;
      asked.push([method, url, headers.authorization, body].join(" "));
      response.writeHead(url.includes("missing") ? 404 : 200).end(JSON.stringify({ path: url }));
    });
  }).listen(0, "localhost");
  await once(server, "listening");
  process.env["KUBERNETES_SERVICE_HOST"] = "localhost";
  process.env["KUBERNETES_SERVICE_PORT"] = String((server.address() as AddressInfo).port);
});

beforeEach(() => {
  asked.length = 0;
  writeFileSync(join(folder, "token"), "first\n");
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

test("requests come one by one over a connection that is kept, each with its own body", async () => {
  const api = new Api(folder);
  expect(api.silentForMs).toBe(Infinity);
  expect(await api.get("/pods")).toEqual({ path: "/pods" });
  await api.delete("/pods/a", "uid-1", 1);
  await api.delete("/pods/b", "uid-2");
  await api.create("/events", { reason: "é" });
  await api.replace("/leases/x", {});
  expect(asked).toEqual([
    "GET /pods Bearer first ",
    'DELETE /pods/a Bearer first {"apiVersion":"v1","kind":"DeleteOptions","preconditions":{"uid":"uid-1"},"gracePeriodSeconds":1}',
    'DELETE /pods/b Bearer first {"apiVersion":"v1","kind":"DeleteOptions","preconditions":{"uid":"uid-2"}}',
    'POST /events Bearer first {"reason":"é"}',
    "PUT /leases/x Bearer first {}",
  ]);
  expect(api.silentForMs).toBeLessThan(10_000);
});

test("the token is read anew, since Kubernetes renews it", async () => {
  const api = new Api(folder);
  await api.get("/pods");
  writeFileSync(join(folder, "token"), "second");
  await api.get("/pods");
  expect(asked).toEqual(["GET /pods Bearer first ", "GET /pods Bearer second "]);
});

test("a refusal is an error with its status, and counts as an answer", async () => {
  const api = new Api(folder);
  const refused = await api.get("/missing").catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiError);
  expect((refused as ApiError).status).toBe(404);
  expect(api.silentForMs).toBeLessThan(10_000);
});

test("a server of another authority is not asked", async () => {
  const { certificate } = await certificateFixture({ commonName: "localhost", days: 1 });
  const other = mkdtempSync(join(tmpdir(), "ha-postgres-account-"));
  writeFileSync(join(other, "ca.crt"), certificate);
  writeFileSync(join(other, "token"), "secret");
  await expect(new Api(other).get("/pods")).rejects.toThrow();
  expect(asked).toEqual([]);
  rmSync(other, { recursive: true });
});
