/** What goes wrong with a primary, and how a cluster is known to be whole again. */
import { readdirSync, readFileSync } from "node:fs";
import { eventually, kubectl } from "./commands";
import { asSuperuser, clusterStatus, instancePods, primaryPod } from "./database";

const minute = 60_000;
const healthy = "Cluster in healthy state";

/** A process in an instance's pod, by its command line. The nodes' processes are this machine's. */
export function processIn(pod: string, command: RegExp): number {
  for (const pid of processes()) {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      if (!command.test(line)) continue;
      if (readFileSync(`/proc/${pid}/environ`, "utf8").includes(`POD_NAME=${pod}\0`)) return pid;
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error(`no process of ${pod} is called ${String(command)}`);
}

/** The postmaster of a pod and all its backends, by the pod's control group: names of pods come again. */
function postgresProcesses(uid: string): number[] {
  return processes().filter((pid) => {
    try {
      const group = readFileSync(`/proc/${pid}/cgroup`, "utf8");
      const name = readFileSync(`/proc/${pid}/comm`, "utf8").trim();
      return name === "postgres" && group.includes(`/pod${uid}/`);
    } catch {
      // It has ended meanwhile.
      return false;
    }
  });
}

function processes(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Stops PostgreSQL as it stands: what a hung disk looks like. Returns what lets it go on. */
export async function freeze(pod: string): Promise<() => void> {
  const pods = await instancePods("main");
  const uid = pods.find(({ metadata }) => metadata.name === pod)?.metadata.uid ?? "";
  const frozen = postgresProcesses(uid);
  // The postmaster, its helpers, the senders to two replicas.
  if (frozen.length < 8) throw new Error(`${pod} has ${frozen.length} processes of PostgreSQL`);
  for (const pid of frozen) process.kill(pid, "SIGSTOP");
  return () => {
    for (const pid of frozen) {
      try {
        process.kill(pid, "SIGCONT");
      } catch {
        // It was killed meanwhile.
      }
    }
  };
}

/** Makes an instance the primary, as `kubectl cnpg promote` does. */
export async function promote(cluster: string, instance: string): Promise<void> {
  const status = {
    targetPrimary: instance,
    targetPrimaryTimestamp: new Date().toISOString(),
    phase: "Switchover in progress",
    phaseReason: `Switching over to ${instance}`,
  };
  await kubectl(
    ...["patch", "cluster.postgresql.cnpg.io", cluster, "--namespace=databases"],
    ...["--subresource=status", "--type=merge", `--patch=${JSON.stringify({ status })}`],
  );
}

/** Waits until all three instances are there, and both replicas stream. */
export async function isWhole(): Promise<void> {
  await eventually(
    () => clusterStatus("main"),
    ({ phase, readyInstances }) => phase === healthy && readyInstances === 3,
    5 * minute,
  );
  const primary = await primaryPod("main");
  await eventually(
    () => asSuperuser(primary, "SELECT count(*) FROM pg_stat_replication"),
    (count) => count === "2\n",
    minute,
  );
}

export async function nodeOf(instance: string): Promise<string> {
  const pods = await instancePods("main");
  return pods.find(({ metadata }) => metadata.name === instance)?.spec.nodeName ?? "";
}

/** Makes the instance on this node the primary. Returns its name. */
export async function primaryOn(node: string): Promise<string> {
  const pods = await instancePods("main");
  const there = pods.find(({ spec }) => spec.nodeName === node)?.metadata.name ?? "";
  if ((await primaryPod("main")) === there) return there;
  await promote("main", there);
  await eventually(
    () => primaryPod("main").catch(() => ""),
    (primary) => primary === there,
    2 * minute,
  );
  await isWhole();
  return there;
}

/** Makes an operator on another node lead. Returns the node. */
export async function leaderAwayFrom(avoided: string): Promise<string> {
  const leader = async () => {
    const holder = await kubectl(
      ...["get", "lease", "db9c8771.cnpg.io", "--namespace=cnpg-system"],
      "--output=jsonpath={.spec.holderIdentity}",
    );
    return holder.split("_")[0] ?? "";
  };
  const nodeOfOperator = (pod: string) =>
    kubectl("get", "pod", pod, "--namespace=cnpg-system", "--output=jsonpath={.spec.nodeName}");
  const first = await leader();
  if ((await nodeOfOperator(first)) !== avoided) return nodeOfOperator(first);
  await kubectl("delete", "pod", first, "--namespace=cnpg-system");
  const next = await eventually(leader, (name) => name !== first && name !== "", 2 * minute);
  return nodeOfOperator(next);
}
