/** A cluster and a pooler that clients outside of Kubernetes reach: this machine, by two addresses of its own. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClientConfig } from "pg";
import { stringify } from "yaml";
import { eventually, npmRunOk, run } from "../support/commands";
import { instancePods, ownerAccess, primaryPod, query, secret } from "../support/database";
import { directOk } from "../support/direct";
import { promote } from "../support/faults";
import { databaseSize, operatorSize } from "../support/sizes";

const minute = 60_000;

jest.setTimeout(5 * minute);

const stack = ["--stack", "exposed"];
const folder = mkdtempSync(join(tmpdir(), "ha-postgres-exposed-"));
const file = join(folder, "Pulumi.exposed.yaml");

/** Of this machine: how nodes know it, one that is let in as well, and one that is not. */
const own = "10.200.0.1";
const welcome = "192.0.2.7";
const stranger = "192.0.2.8";
const sourceRanges = [`${own}/32`, `${welcome}/32`];

const config = {
  "kubernetes:enableSecretMutable": "true",
  "ha-postgres:platform": { cloudNativePg: operatorSize },
  "ha-postgres:clusters": {
    main: {
      ...databaseSize,
      instances: 2,
      certificateUsers: ["robot"],
      roles: [{ name: "robot", login: true, password: "none", inRoles: ["app"] }],
      exposed: [
        { sourceRanges, externalNames: ["db.example.com"] },
        { type: "r", serviceType: "NodePort", port: 30_432, sourceRanges },
      ],
    },
  },
  "ha-postgres:poolers": {
    "main-pooler": {
      cluster: "main",
      poolMode: "transaction",
      resources: { cpu: "100m", memory: "64Mi" },
      exposed: [{ port: 6432, sourceRanges, externalNames: ["pooled.example.com"] }],
    },
  },
};

interface Endpoint {
  service: string;
  port: number;
  addresses: string[];
  externalNames: string[];
}

interface Outputs {
  clusterEndpoints: { main: { exposed: Endpoint[] } };
  poolerEndpoints: { "main-pooler": { exposed: Endpoint[] } };
}

let database: Endpoint;
let nodes: Endpoint;
let pooler: Endpoint;

/** Whether a connection comes about within two seconds. */
function reaches(host: string, port: number, localAddress: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, localAddress, timeout: 2000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => {
      end(true);
    });
    for (const event of ["timeout", "error"])
      socket.on(event, () => {
        end(false);
      });
  });
}

/** The owner from outside: the server is verified by the name, which is in no DNS here. */
async function asOwner({ addresses, port, externalNames }: Endpoint): Promise<ClientConfig> {
  const { user, password, ca } = await ownerAccess("main");
  return {
    host: addresses[0] ?? "",
    port,
    database: "app",
    user,
    password,
    ssl: { ca, servername: externalNames[0] ?? "" },
    connectionTimeoutMillis: 3000,
  };
}

const firstAddress = (endpoint: Endpoint) => endpoint.addresses[0] ?? "";

async function nodeAddress(node: string): Promise<string> {
  const path = '{.status.addresses[?(@.type=="InternalIP")].address}';
  return directOk("get", "node", node, `--output=jsonpath=${path}`);
}

/** The node of the primary, which is the only one that takes its clients. */
async function primaryNode(): Promise<string> {
  const name = await primaryPod("main");
  const pod = (await instancePods("main")).find(({ metadata }) => metadata.name === name);
  return nodeAddress(pod?.spec.nodeName ?? "");
}

beforeAll(async () => {
  await npmRunOk("sandbox", "stop");
  writeFileSync(file, stringify({ config }));
  await npmRunOk("up", ...stack, "--config-file", file);
  for (const address of [welcome, stranger]) {
    await run("ip", ["address", "add", `${address}/32`, "dev", "lo"]);
  }
  const outputs = JSON.parse(
    await npmRunOk("pulumi", ...stack, "stack", "output", "--json"),
  ) as Outputs;
  const { exposed } = outputs.clusterEndpoints.main;
  [database, nodes] = exposed as [Endpoint, Endpoint];
  [pooler] = outputs.poolerEndpoints["main-pooler"].exposed as [Endpoint];
}, 60 * minute);

afterAll(async () => {
  for (const address of [welcome, stranger]) {
    await run("ip", ["address", "delete", `${address}/32`, "dev", "lo"]);
  }
  await npmRunOk("sandbox", "stop");
  rmSync(folder, { recursive: true });
});

test("the stack tells the addresses", () => {
  const address = expect.stringMatching(/^10\.201\.0\.\d+$/) as string;
  expect(database).toEqual({
    service: "main-exposed-rw",
    port: 5432,
    addresses: [address],
    externalNames: ["db.example.com"],
  });
  expect(nodes).toEqual({
    service: "main-exposed-r",
    port: 30_432,
    addresses: [],
    externalNames: [],
  });
  expect(pooler).toEqual({
    service: "main-pooler-exposed",
    port: 6432,
    addresses: [address],
    externalNames: ["pooled.example.com"],
  });
});

test("the cluster and the pooler answer to their names, and to no other", async () => {
  for (const endpoint of [database, pooler]) {
    const access = await asOwner(endpoint);
    // The route to the pod's node is a moment younger than the address.
    const ask = () => query(access, "SELECT current_user").catch(String);
    await eventually(ask, (answer) => Array.isArray(answer), minute / 2);
    expect(await ask()).toEqual([{ current_user: "app" }]);
    const other = { ...access, ssl: { ...(access.ssl as object), servername: "db.example.org" } };
    await expect(query(other, "SELECT 1")).rejects.toThrow(/does not match certificate's altnames/);
    await expect(query({ ...access, ssl: false }, "SELECT 1")).rejects.toThrow(
      /no encryption|SSL required/,
    );
  }
});

test("a client logs in with its certificate, and the server sees its own address", async () => {
  const access = await asOwner(database);
  const { "tls.crt": cert, "tls.key": key } = await secret("main-robot-client-cert");
  const robot = { ...access, user: "robot", ssl: { ...(access.ssl as object), cert, key } };
  const sql = `SELECT current_user AS who, client_dn, host(inet_client_addr()) AS "from"
               FROM pg_stat_ssl WHERE pid = pg_backend_pid()`;
  expect(await query(robot, sql)).toEqual([{ who: "robot", client_dn: "/CN=robot", from: own }]);
  await expect(query({ ...access, user: "robot" }, sql)).rejects.toThrow(/certificate/);
});

test("who is not in the ranges is kept out, past the load balancer as well", async () => {
  const ports = ["get", "service", "main-exposed-rw", "--namespace=databases"];
  const nodePort = Number(await directOk(...ports, "--output=jsonpath={.spec.ports[0].nodePort}"));
  const node = await primaryNode();
  const targets: [host: string, port: number][] = [
    [firstAddress(database), 5432],
    [firstAddress(pooler), 6432],
    [node, nodePort],
    [node, 30_432],
  ];
  for (const [host, port] of targets) {
    expect([host, port, await reaches(host, port, welcome)]).toEqual([host, port, true]);
    expect([host, port, await reaches(host, port, stranger)]).toEqual([host, port, false]);
  }
});

test("after a switchover they lead to the new primary", async () => {
  const before = await primaryPod("main");
  const to = before === "main-1" ? "main-2" : "main-1";
  await query(await asOwner(database), "CREATE TABLE switched (by text)");
  const from = Date.now();
  await promote("main", to);
  await eventually(
    () => primaryPod("main").catch(() => ""),
    (name) => name === to,
    minute,
  );
  const podIp = await directOk(
    ...["get", "pod", to, "--namespace=databases", "--output=jsonpath={.status.podIP}"],
  );
  const insert = "INSERT INTO switched VALUES ('x') RETURNING host(inet_server_addr()) AS server";
  for (const endpoint of [database, pooler]) {
    const access = await asOwner(endpoint);
    const answer = await eventually(
      () => query(access, insert).catch(String),
      (rows) => Array.isArray(rows),
      2 * minute,
    );
    expect(answer).toEqual([{ server: podIp }]);
    const seconds = (Date.now() - from) / 1000;
    console.log(`${endpoint.service} led to the new primary ${seconds} s after the promotion`);
  }
});

test("there is nothing left to do, and what is no longer exposed is gone", async () => {
  const preview = () => npmRunOk("pulumi", ...stack, "preview", "--expect-no-changes");
  await preview();
  const { main } = config["ha-postgres:clusters"];
  const less = { main: { ...main, exposed: main.exposed.slice(0, 1) } };
  writeFileSync(file, stringify({ config: { ...config, "ha-postgres:clusters": less } }));
  await npmRunOk("up", ...stack, "--config-file", file);
  await preview();
  expect(await reaches(await primaryNode(), nodes.port, welcome)).toBe(false);
  await query(await asOwner(database), "SELECT 1");
});
