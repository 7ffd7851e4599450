import { archiveRows } from "./backup/archive-report.ts";
import { archiveOf } from "./backup/archives.ts";
import { type ClusterStatus, stateLines } from "./cluster-state.ts";
import {
  type ClusterEndpoints,
  type Instance,
  type PoolerEndpoints,
  deployedClusters,
  deployedPoolers,
  instancesOf,
} from "./clusters.ts";
import { Engine } from "./engine/engine.ts";
import { kubectlJson } from "./kubectl.ts";
import { mayConnect, type NetworkPolicy, type Served } from "./network-access.ts";
import { sizesLine } from "./pooler-sizes.ts";
import { table } from "./published/table.ts";
import type { Target } from "./target.ts";

/**
 * Shows the clusters of a deployed stack.
 *
 * @throws Error with the remedy if there is none.
 */
export async function status(target: Target, stack: string): Promise<void> {
  await printStatus(target, await deployedStack(target, stack));
}

/**
 * The engine on a deployed stack.
 *
 * @throws Error with the remedy if it is not deployed.
 */
export async function deployedStack(target: Target, stack: string): Promise<Engine> {
  const engine = new Engine(target, stack);
  if (!engine.exists() || !(await target.isReachable())) {
    throw new Error(`nothing is deployed on ${target.title}: run \`npm run up\` first`);
  }
  return engine;
}

export async function printStatus(target: Target, engine: Engine): Promise<void> {
  const clusters = await deployedClusters(engine);
  const clientsOf = async (pods: Served) => mayConnect(await policiesIn(target, pods), pods);
  for (const cluster of clusters) {
    print(`\nCluster ${cluster.name} in ${cluster.namespace}`);
    print(instanceTable(await instancesOf(target, cluster)));
    const archive = await archiveOf(target, cluster);
    for (const line of stateLines(await clusterOf(target, cluster))) print(line);
    print(table([...endpointRows(cluster), ...(archive ? archiveRows(archive) : [])]));
    print(`clients     ${await clientsOf(instances(cluster))}`);
  }
  for (const pooler of await deployedPoolers(engine)) {
    const { host, port, sizes } = pooler;
    print(`pooler      ${host}:${port}  clients: ${await clientsOf(poolerPods(pooler))}`);
    if (sizes) print(`            ${sizesLine(sizes)}`);
  }
  print(`\nConnect:  ${connectCommand(target, engine, clusters)}`);
}

function clusterOf(target: Target, { name, namespace }: ClusterEndpoints): Promise<ClusterStatus> {
  const kind = "clusters.postgresql.cnpg.io";
  return kubectlJson<ClusterStatus>(target, "get", kind, name, `--namespace=${namespace}`);
}

async function policiesIn(target: Target, { namespace }: Served): Promise<NetworkPolicy[]> {
  const { items } = await kubectlJson<{ items: NetworkPolicy[] }>(
    target,
    "get",
    "networkpolicies.networking.k8s.io",
    `--namespace=${namespace}`,
  );
  return items;
}

function instances({ name, namespace }: ClusterEndpoints): Served {
  return { namespace, labels: { "cnpg.io/cluster": name, "cnpg.io/podRole": "instance" } };
}

/** A pooler has the name of its Service, which its host starts with. */
function poolerPods({ host, namespace }: PoolerEndpoints): Served {
  const [name = ""] = host.split(".");
  return { namespace, labels: { "cnpg.io/poolerName": name, "cnpg.io/podRole": "pooler" } };
}

function connectCommand(target: Target, engine: Engine, clusters: ClusterEndpoints[]): string {
  const options = [
    ...(target.kubeconfig === undefined ? [`--context ${target.context}`] : []),
    ...(engine.stack === "dev" ? [] : [`--stack ${engine.stack}`]),
    ...(clusters.length > 1 ? [`--cluster ${clusters[0]?.name ?? ""}`] : []),
  ];
  return ["npm run psql", ...(options.length > 0 ? ["--", ...options] : [])].join(" ");
}

function instanceTable(instances: Instance[]): string {
  const rows = instances.map(({ name, role, node, zone, ready, lag, sync }) => [
    name,
    role,
    node,
    zone,
    ready ? "yes" : "no",
    sync ?? "",
    lag === undefined ? "" : `${lag} B`,
  ]);
  return table([["INSTANCE", "ROLE", "NODE", "ZONE", "READY", "SYNC", "LAG"], ...rows]);
}

function endpointRows({ hostRw, hostRo, hostR, port, database, user }: ClusterEndpoints) {
  return [
    ["read-write", `${hostRw}:${port}`, `database ${database}, user ${user}`],
    ["read-only", `${hostRo}:${port}`, "the standbys"],
    ["read", `${hostR}:${port}`, "any instance"],
  ];
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
