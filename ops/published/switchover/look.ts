import { showBytes } from "../bytes.ts";
import { getJson, type Kubectl } from "../kubectl.ts";
import { type Backup, BACKUPS, type Cluster } from "../objects.ts";
import type { Violation } from "../../../components/contract/violation.ts";
import { successorOf, type Whole } from "../failover/instances.ts";
import type { Found } from "../failover/validation.ts";

/** What a look before a switchover has found. */
export interface Look {
  violations: Violation[];
  /** The instance that is promoted. */
  successor: string;
  /** What one sees before it happens: each replica, and how commits wait. */
  note: string[];
}

/** Looks at the replicas, the quorum and the backups before a switchover. Undefined if the cluster is not healthy. */
export async function lookAhead(
  kubectl: Kubectl,
  source: Cluster,
  whole: Found["whole"],
  to: string | undefined,
): Promise<Look | undefined> {
  if (typeof whole === "string") return undefined;
  const { namespace } = source.metadata;
  const backups = await getJson<{ items: Backup[] }>(kubectl, BACKUPS, `--namespace=${namespace}`);
  const successor = to ?? successorOf(whole) ?? "";
  return {
    violations: objections(whole, successor, backups?.items ?? []),
    successor,
    note: [
      `${whole.primary.metadata.name} is primary, ${successor} becomes it`,
      ...whole.replicas.map(
        (replica) => `${replica.name}: ${replica.sync}, ${showBytes(replica.lagBytes)} behind`,
      ),
      ...quorumNote(whole),
    ],
  };
}

/** One WAL file. What is not replayed by then has to be, before the successor takes writes. */
const MAX_LAG_BYTES = 16 * 1024 * 1024;

/** Why a switchover would lose something, or make clients wait for long. */
export function objections(
  { cluster, primary, pods, replicas }: Whole,
  successor: string,
  backups: readonly Backup[],
): Violation[] {
  const { name } = cluster.metadata;
  const others = pods.filter((pod) => pod !== primary).map(({ metadata }) => metadata.name);
  const replica = replicas.find((one) => one.name === successor);
  const running = backups.find(
    ({ spec, status }) =>
      spec.cluster.name === name &&
      ["started", "running", "finalizing"].includes(status?.phase ?? ""),
  );
  return [
    ...(others.includes(successor) ? [] : [notAReplica(successor, primary.metadata.name, others)]),
    ...(replica && replica.lagBytes > MAX_LAG_BYTES ? [behind(successor, replica.lagBytes)] : []),
    ...(running
      ? [
          {
            path: `${running.metadata.name}: status.phase`,
            value: running.status?.phase,
            reason: "must be completed: a switchover can break a base backup",
            remedy: "Wait until it is completed",
          },
        ]
      : []),
    ...tooFew(cluster, pods.length),
  ];
}

function notAReplica(successor: string, primary: string, others: readonly string[]): Violation {
  return {
    path: "--to",
    value: successor,
    reason: successor === primary ? "is the primary already" : "is not an instance of the cluster",
    remedy: `Use one of ${others.join(", ")}`,
  };
}

function behind(successor: string, lagBytes: number): Violation {
  return {
    path: `${successor}: lag`,
    value: showBytes(lagBytes),
    reason: `must be at most ${showBytes(MAX_LAG_BYTES)}: clients wait until it has replayed the rest`,
    remedy: "Wait until it has caught up, or promote another one with --to",
  };
}

/** Commits that wait for more replicas than will be there wait until somebody changes that. */
function tooFew({ metadata, spec }: Cluster, instances: number): Violation[] {
  const { number = 0, dataDurability = "required" } = spec.postgresql?.synchronous ?? {};
  if (dataDurability !== "required" || number <= instances - 1) return [];
  return [
    {
      path: `${metadata.name}: spec.postgresql.synchronous.number`,
      value: number,
      reason: `must be at most ${instances - 1}, with ${instances} instances`,
      remedy: "Add instances, or wait for fewer",
    },
  ];
}

/** How commits behave between the promotion and the return of the old primary. */
function quorumNote({ cluster, pods }: Whole): string[] {
  const synchronous = cluster.spec.postgresql?.synchronous;
  if (!synchronous) return ["replication is asynchronous: commits wait for no replica"];
  const { number, method, dataDurability = "required" } = synchronous;
  const kind = `commits wait for ${method} ${number} of ${pods.length - 1} replicas, ${dataDurability}`;
  const isTight = dataDurability === "required" && number >= pods.length - 1;
  return [isTight ? `${kind}: also for the old primary, until it is back as a replica` : kind];
}
