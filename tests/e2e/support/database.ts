/** Connections to the databases of the sandbox, from outside through their services. */
import { Client, type ClientConfig } from "pg";
import { kubectl, kubectlJson } from "./commands";
import { apply } from "./direct";

const namespace = "databases";

export interface Access {
  user: string;
  password: string;
  ca: string;
}

/** What an application that mounts the owner's Secret and the CA's has. */
export async function ownerAccess(cluster: string): Promise<Access> {
  const owner = await secret(`${cluster}-app`);
  const { status } = await kubectlJson<{ status: { certificates: { serverCASecret: string } } }>(
    ...["get", "cluster.postgresql.cnpg.io", cluster, `--namespace=${namespace}`],
  );
  const ca = await secret(status.certificates.serverCASecret);
  return {
    user: owner["username"] ?? "",
    password: owner["password"] ?? "",
    ca: ca["ca.crt"] ?? "",
  };
}

/**
 * Beside what the components allow: to a database this machine is a stranger. It comes by its own address, or by that of
 * the node that it reaches services through.
 */
const thisMachine = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "this-machine", namespace },
  spec: {
    podSelector: { matchExpressions: [{ key: "cnpg.io/cluster", operator: "Exists" }] },
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ ipBlock: { cidr: "10.200.0.0/24" } }], ports: [{ port: 5432 }] }],
  },
};

/** The settings for a service: its address, and its name for `verify-full`. Lets this machine in. */
export async function through(service: string, access: Access): Promise<ClientConfig> {
  await apply(thisMachine);
  return {
    host: await kubectl(
      ...["get", "service", service, `--namespace=${namespace}`],
      "--output=jsonpath={.spec.clusterIP}",
    ),
    port: 5432,
    database: "app",
    user: access.user,
    password: access.password,
    ssl: { ca: access.ca, servername: `${service}.${namespace}.svc` },
    connectionTimeoutMillis: 3000,
  };
}

/** The rows of one query over one connection. */
export async function query<Row>(config: ClientConfig, sql: string): Promise<Row[]> {
  const client = new Client(config);
  // A connection that ends after the query has failed would end the test.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** A query as the superuser, inside an instance. */
export function asSuperuser(pod: string, sql: string): Promise<string> {
  return kubectl(
    ...["exec", pod, `--namespace=${namespace}`, "--container=postgres", "--"],
    ...["psql", "--no-psqlrc", "--tuples-only", "--no-align", "-c", sql],
  );
}

export interface Pod {
  metadata: { name: string; labels: Record<string, string>; uid: string };
  spec: { nodeName: string };
}

export async function instancePods(cluster: string): Promise<Pod[]> {
  const selector = `--selector=cnpg.io/cluster=${cluster},cnpg.io/podRole=instance`;
  const { items } = await kubectlJson<{ items: Pod[] }>(
    ...["get", "pods", `--namespace=${namespace}`, selector],
  );
  return items;
}

export async function primaryPod(cluster: string): Promise<string> {
  const pods = await instancePods(cluster);
  const primary = pods.find(
    ({ metadata }) => metadata.labels["cnpg.io/instanceRole"] === "primary",
  );
  if (!primary) throw new Error(`${cluster} has no primary`);
  return primary.metadata.name;
}

export interface ClusterStatus {
  phase: string;
  readyInstances: number;
  currentPrimary: string;
  targetPrimary: string;
}

export async function clusterStatus(cluster: string): Promise<ClusterStatus> {
  const { status } = await kubectlJson<{ status: ClusterStatus }>(
    ...["get", "cluster.postgresql.cnpg.io", cluster, `--namespace=${namespace}`],
  );
  return status;
}

/** What is in a Secret, as text. */
export async function secret(name: string): Promise<Record<string, string>> {
  const { data } = await kubectlJson<{ data: Record<string, string> }>(
    ...["get", "secret", name, `--namespace=${namespace}`],
  );
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString()]),
  );
}
