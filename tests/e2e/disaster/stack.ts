/** A stack of the program with backups, in namespaces that exist, and whoever connects to its databases. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClientConfig } from "pg";
import { stringify } from "yaml";
import { npmRun, npmRunOk, type Result } from "../support/commands";
import { apply, direct, directOk } from "../support/direct";
import { databaseSize, operatorSize } from "../support/sizes";

const stack = ["--stack", "disaster"];
const folder = mkdtempSync(join(tmpdir(), "ha-postgres-disaster-"));
const file = join(folder, "Pulumi.disaster.yaml");

/** What applications log in with, whichever database they are at. */
export const LOGIN = { name: "orders-login", user: "app", password: "Of-the-orders-1" };

/** One instance, which is quick, with the login that outlives it. */
export const DATABASE = {
  ...databaseSize,
  instances: 1,
  database: { ownerSecret: LOGIN.name },
};

const common = {
  "kubernetes:enableSecretMutable": "true",
  "ha-postgres:platform": {
    cloudNativePg: operatorSize,
    // Two of its webhooks may begin with an authority each, and the API server trusts one of them.
    certManager: { replicas: 1 },
    barmanCloudPlugin: {},
  },
  "ha-postgres:backups": { s3Compatible: {} },
};

/** Starts Kubernetes with these namespaces, as an administrator would have made them. */
export async function started(...namespaces: string[]): Promise<void> {
  await npmRunOk("sandbox", "stop");
  await npmRunOk("sandbox", "start", "kubernetes");
  for (const name of namespaces) {
    await apply(
      { apiVersion: "v1", kind: "Namespace", metadata: { name } },
      {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: LOGIN.name, namespace: name },
        type: "kubernetes.io/basic-auth",
        stringData: { username: LOGIN.user, password: LOGIN.password },
      },
    );
  }
}

export async function stopped(): Promise<void> {
  await npmRunOk("sandbox", "stop");
  rmSync(folder, { recursive: true });
}

/** Deploys the stack with this in its file, whatever comes of it. */
export function deploying(config: object): Promise<Result> {
  const declared = Object.entries(config).map(([key, value]) => [
    `ha-postgres:${key}`,
    value as unknown,
  ]);
  writeFileSync(
    file,
    stringify({ config: { ...common, ...Object.fromEntries(declared) } as object }),
  );
  return npmRun("up", ...stack, "--config-file", file);
}

/** The same, and nothing is left to do. @throws Error with all that was said when it fails. Returns its seconds. */
export async function deployed(config: object): Promise<number> {
  const from = Date.now();
  const { code, all } = await deploying(config);
  if (code !== 0) throw new Error(`the deployment failed:\n${all}`);
  const seconds = (Date.now() - from) / 1000;
  await npmRunOk("pulumi", ...stack, "preview", "--expect-no-changes");
  return seconds;
}

export async function outputOf<T>(name: string): Promise<T> {
  return JSON.parse(await npmRunOk("pulumi", ...stack, "stack", "output", name, "--json")) as T;
}

/** The settings of a client that verifies the server by the name of the service. Lets this machine in. */
export async function reach(service: string, namespace: string): Promise<ClientConfig> {
  await apply({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "this-machine", namespace },
    spec: {
      podSelector: { matchExpressions: [{ key: "cnpg.io/cluster", operator: "Exists" }] },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ ipBlock: { cidr: "10.200.0.0/24" } }], ports: [{ port: 5432 }] }],
    },
  });
  const of = ["get", "service", service, `--namespace=${namespace}`];
  const ca = ["get", "secret", "databases-ca", `--namespace=${namespace}`];
  return {
    host: await directOk(...of, "--output=jsonpath={.spec.clusterIP}"),
    port: 5432,
    database: "app",
    user: LOGIN.user,
    password: LOGIN.password,
    ssl: {
      ca: Buffer.from(
        await directOk(...ca, "--output=jsonpath={.data.ca\\.crt}"),
        "base64",
      ).toString(),
      servername: `${service}.${namespace}.svc`,
    },
    connectionTimeoutMillis: 3000,
  };
}

/** A part of a Cluster object, "" if there is none. */
export async function ofCluster(name: string, namespace: string, path: string): Promise<string> {
  const { code, output } = await direct(
    ...["get", "clusters.postgresql.cnpg.io", name, `--namespace=${namespace}`],
    `--output=jsonpath={${path}}`,
  );
  return code === 0 ? output : "";
}

/** What would be another one if the instance had been restarted or replaced. */
export function podOf(cluster: string, namespace: string): Promise<string> {
  return directOk(
    ...["get", "pods", `--namespace=${namespace}`],
    `--selector=cnpg.io/cluster=${cluster},cnpg.io/podRole=instance`,
    "--output=jsonpath={range .items[*]}{.metadata.uid} {.status.containerStatuses[*].restartCount};{end}",
  );
}
