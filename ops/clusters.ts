import type { Engine } from "./engine/engine.ts";
import { kubectl, kubectlJson } from "./kubectl.ts";
import type { PoolerSizes } from "./pooler-sizes.ts";
import type { Target } from "./target.ts";

/** A cluster in the outputs of the program. */
export interface ClusterEndpoints {
  name: string;
  namespace: string;
  hostRw: string;
  hostRo: string;
  hostR: string;
  port: number;
  database: string;
  user: string;
  ownerSecretName: string;
  caSecretName: string;
  /** Name of its archive in its store, if it is backed up. */
  backupServerName?: string;
}

export interface PoolerEndpoints {
  namespace: string;
  host: string;
  port: number;
  /** Its server connections. A stack that an older release has deployed does not have them. */
  sizes?: PoolerSizes;
  /** Name of the Secret with the owner's login through the pooler, if the stack knows it. */
  secretName?: string;
}

export interface Instance {
  name: string;
  role: string;
  node: string;
  zone: string;
  ready: boolean;
  /** Bytes of WAL that the primary has and this instance has not replayed. */
  lag?: number;
  /** The primary's state of this standby: `quorum`, `sync`, `potential` or `async`. */
  sync?: string;
}

export async function deployedClusters(engine: Engine): Promise<ClusterEndpoints[]> {
  const { clusterEndpoints = {} } = await engine.outputs();
  return Object.values(clusterEndpoints as Record<string, ClusterEndpoints>);
}

export async function deployedPoolers(engine: Engine): Promise<PoolerEndpoints[]> {
  const { poolerEndpoints = {} } = await engine.outputs();
  return Object.values(poolerEndpoints as Record<string, PoolerEndpoints>);
}

interface Pod {
  metadata: { name: string; labels: Record<string, string> };
  spec: { nodeName?: string };
  status: { conditions?: { type: string; status: string }[] };
}

interface Node {
  metadata: { name: string; labels: Record<string, string> };
}

/** The instances of a cluster, according to Kubernetes and the primary. */
export async function instancesOf(target: Target, cluster: ClusterEndpoints): Promise<Instance[]> {
  const selector = `--selector=cnpg.io/cluster=${cluster.name},cnpg.io/podRole=instance`;
  const inNamespace = `--namespace=${cluster.namespace}`;
  const [pods, nodes] = await Promise.all([
    kubectlJson<{ items: Pod[] }>(target, "get", "pods", inNamespace, selector),
    kubectlJson<{ items: Node[] }>(target, "get", "nodes"),
  ]);
  const instances = pods.items.map(({ metadata, spec, status }) => {
    const node = nodes.items.find((candidate) => candidate.metadata.name === spec.nodeName);
    return {
      name: metadata.name,
      role: metadata.labels["cnpg.io/instanceRole"] ?? "unknown",
      node: spec.nodeName ?? "none",
      zone: node?.metadata.labels["topology.kubernetes.io/zone"] ?? "none",
      ready:
        status.conditions?.some(
          (condition) => condition.type === "Ready" && condition.status === "True",
        ) ?? false,
    };
  });
  const primary = instances.find(({ role, ready }) => role === "primary" && ready);
  const standbys = primary ? await replication(target, cluster, primary.name) : noStandbys;
  return instances.map((instance) => ({ ...instance, ...standbys.get(instance.name) }));
}

type Standby = Pick<Instance, "lag" | "sync">;

/** Without a primary the state of standbys is unknown. */
const noStandbys: ReadonlyMap<string, Standby> = new Map();

/** The primary's view of its standbys, by name. Empty for a primary that is restarting. */
async function replication(
  target: Target,
  cluster: ClusterEndpoints,
  primary: string,
): Promise<ReadonlyMap<string, Standby>> {
  const query =
    "SELECT application_name, coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0), " +
    "sync_state FROM pg_stat_replication";
  const rows = (await askInstance(target, cluster, primary, query)) ?? [];
  return new Map(
    rows.map(([name = "", lag = "", sync = ""]) => [name, { lag: Number(lag), sync }] as const),
  );
}

/** Queries an instance as superuser. Undefined if it does not answer. */
export async function askInstance(
  target: Target,
  cluster: ClusterEndpoints,
  instance: string,
  query: string,
): Promise<string[][] | undefined> {
  try {
    const rows = await kubectl(
      target,
      "exec",
      instance,
      `--namespace=${cluster.namespace}`,
      "--container=postgres",
      "--",
      "psql",
      "--no-psqlrc",
      "--tuples-only",
      "--no-align",
      `--field-separator=${separator}`,
      "-c",
      query,
    );
    return rows.split("\n").flatMap((row) => (row === "" ? [] : [row.split(separator)]));
  } catch {
    return undefined;
  }
}

/** A character that no setting has. */
const separator = "\u001f";
