import { archiveRows } from "./archive-report.ts";
import { archiveOf } from "./archives.ts";
import {
  type ClusterEndpoints,
  type Instance,
  deployedClusters,
  deployedPoolers,
  instancesOf,
} from "./clusters.ts";
import { Engine } from "./engine.ts";
import { table } from "./table.ts";
import type { Target } from "./target.ts";

/** Shows the clusters of a deployed stack. @throws Error that says how to deploy one when there is none. */
export async function status(target: Target, stack: string): Promise<void> {
  await printStatus(target, await deployedStack(target, stack));
}

/** The engine on a stack that was deployed. @throws Error that says how to deploy it otherwise. */
export async function deployedStack(target: Target, stack: string): Promise<Engine> {
  const engine = new Engine(target, stack);
  if (!engine.exists() || !(await target.isReachable())) {
    throw new Error(`nothing is deployed on ${target.title}; \`npm run up\` deploys it`);
  }
  return engine;
}

export async function printStatus(target: Target, engine: Engine): Promise<void> {
  const clusters = await deployedClusters(engine);
  for (const cluster of clusters) {
    print(`\nCluster ${cluster.name} in ${cluster.namespace}`);
    print(instanceTable(await instancesOf(target, cluster)));
    const archive = await archiveOf(target, cluster);
    print(table([...endpointRows(cluster), ...(archive ? archiveRows(archive) : [])]));
  }
  for (const { host, port } of await deployedPoolers(engine)) print(`pooler      ${host}:${port}`);
  print(`\nConnect:  ${connectCommand(target, engine, clusters)}`);
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
