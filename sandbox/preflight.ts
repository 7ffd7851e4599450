import { constants, accessSync, existsSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { arch, platform } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import { missingControllers } from "./cluster/cgroups.ts";
import { collidingRoutes } from "./cluster/network.ts";
import { othersProcesses, ownProcesses } from "./cluster/processes.ts";
import { memoryOfCluster, memoryOfNodes } from "./memory.ts";
import { type Obstacle, refusal, throwIfAny } from "./obstacle.ts";
import { cacheDir } from "./paths.ts";
import { apiServerPort, dnsPort, etcdClientPort, etcdPeerPort, s3Port } from "./shape/topology.ts";

const GB = 1e9;
const neededDisk = 15 * GB;
/** Since this version, Go downloads the toolchain that a go.mod requires. */
const oldestGo = [1, 21] as const;

/** The programs that are not built here, with the Debian packages that bring them. */
const debianPrograms: Readonly<Record<string, string>> = {
  mmdebstrap: "mmdebstrap",
  buildah: "buildah",
  containerd: "containerd",
  runc: "runc",
  iptables: "iptables",
  nft: "nftables",
  tini: "tini",
  ip: "iproute2",
  nsenter: "util-linux",
  patch: "patch",
};
const cniPackage = "containernetworking-plugins";
const cniPlugin = "/usr/lib/cni/bridge";

/**
 * Refuses a machine that cannot build, with all reasons, and installs missing Debian packages otherwise. Nothing is
 * installed on a refused machine.
 */
export async function prepareBuild(): Promise<void> {
  await prepare([]);
}

/**
 * Refuses a machine that cannot start the cluster. Checks that need the installed programs come after their
 * installation. For a running cluster only the resources of additional nodes are checked.
 */
export async function prepareStart(nodes: number, added: number): Promise<void> {
  const [other] = othersProcesses();
  if (other) {
    throw refusal([
      {
        what: `the sandbox of another cache, ${other.cache}, runs on this machine`,
        remedy: `Stop it first: HA_POSTGRES_CACHE=${other.cache} npm run sandbox -- stop`,
      },
    ]);
  }
  if (ownProcesses().length > 0) {
    throwIfAny(memoryObstacles(memoryOfNodes(added), "adding nodes"));
    return;
  }
  const memory = memoryObstacles(memoryOfCluster(nodes), "the cluster");
  await prepare([...memory, ...cachePlaceObstacles(cacheDir)]);
  throwIfAny([...(await kernelObstacles()), ...(await addressObstacles())]);
}

async function prepare(obstacles: readonly Obstacle[]): Promise<void> {
  const system = systemObstacles();
  if (system.length > 0) throw refusal(system);
  throwIfAny([...obstacles, ...(await goObstacles()), ...(await diskObstacles())]);
  await installMissingPackages();
}

function systemObstacles(): Obstacle[] {
  const obstacles: Obstacle[] = [];
  if (platform() !== "linux" || arch() !== "x64") {
    obstacles.push({
      what: `the system is ${platform()} on ${arch()}, and the sandbox needs Linux on x64`,
      remedy: "Use a Linux machine, or your own cluster with `npm run up -- --context NAME`",
    });
  } else if (process.getuid?.() !== 0) {
    obstacles.push({
      what: "you are not root, and nodes need namespaces, mounts and cgroups",
      remedy: "Run the command as root, for example through sudo",
    });
  }
  return obstacles;
}

async function goObstacles(): Promise<Obstacle[]> {
  const { stdout, failed } = await execa("go", ["env", "GOVERSION"], { reject: false });
  const version = /^go(\d+)\.(\d+)/.exec(stdout)?.slice(1).map(Number);
  const isNewEnough =
    !failed &&
    version?.[0] !== undefined &&
    version[1] !== undefined &&
    (version[0] > oldestGo[0] || (version[0] === oldestGo[0] && version[1] >= oldestGo[1]));
  if (isNewEnough) return [];
  return [
    {
      what: failed ? "`go` is not on the PATH" : `Go is ${stdout}, which is too old`,
      remedy: `Install Go ${oldestGo.join(".")} or newer from your distribution or go.dev`,
    },
  ];
}

async function diskObstacles(): Promise<Obstacle[]> {
  // The cache is not created here: a refused machine does not change.
  let folder = cacheDir;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= neededDisk) return [];
  return [
    {
      what: `${cacheDir} has ${gigabytes(bavail * bsize)} free, and a build needs ${gigabytes(neededDisk)}`,
      remedy: "Free some space, or set HA_POSTGRES_CACHE to a folder on a larger disk",
    },
  ];
}

function memoryObstacles(needed: number, what: string): Obstacle[] {
  // Available memory includes the page cache. The free memory is near zero on any machine that has been running for a
  // while.
  const line = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync("/proc/meminfo", "utf8"));
  const available = Number(line?.[1] ?? 0) * 1024;
  if (available >= needed) return [];
  return [
    {
      what: `${gigabytes(available)} of memory are free, and ${what} needs ${gigabytes(needed)}`,
      remedy: "Stop some programs, start with fewer --nodes, or use a larger machine",
    },
  ];
}

/** Each node has its own folders in these places and would not find the cache there. */
export function cachePlaceObstacles(folder: string): Obstacle[] {
  const hidden = ["/run", "/var/run", "/var/lib", "/var/log", "/proc"].find((place) =>
    folder.startsWith(`${place}/`),
  );
  if (hidden === undefined) return [];
  return [
    {
      what: `the cache ${folder} is in ${hidden}, which is separate on every node`,
      remedy: "Set HA_POSTGRES_CACHE to a folder elsewhere",
    },
  ];
}

/**
 * Tries the features instead of looking up their names: a kernel may have them built in, as modules, or not permitted.
 */
async function kernelObstacles(): Promise<Obstacle[]> {
  const inNamespace = (script: string) =>
    execa("unshare", ["--net", "--mount", "--pid", "--fork", "sh", "-euc", script], {
      reject: false,
    });
  const trials = [
    ["namespaces", "true"],
    [
      "bridges and veth pairs",
      "ip link add name one type bridge; ip link add name two type veth peer name three",
    ],
    [
      "packet filtering with connection tracking",
      "iptables -t nat -A OUTPUT -j ACCEPT; iptables -A INPUT -m conntrack --ctstate NEW -m comment --comment x -j ACCEPT",
    ],
    [
      "random packet matching",
      "iptables -A INPUT -m statistic --mode random --probability 0.5 -j ACCEPT",
    ],
    [
      "the sets and verdict maps of nftables",
      "nft 'add table ip t; add set ip t s { type ipv4_addr . inet_service; }; add map ip t m { type ipv4_addr : verdict; }; add chain ip t c { type filter hook forward priority 0; }; add rule ip t c ct direction reply accept; add rule ip t c ip saddr vmap @m'",
    ],
    [
      "filtering of what passes over a bridge",
      "ip link add name one type bridge; echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables",
    ],
    [
      "overlay file systems",
      "mount -t tmpfs t /mnt; mkdir /mnt/l /mnt/u /mnt/w /mnt/m; mount -t overlay -o lowerdir=/mnt/l,upperdir=/mnt/u,workdir=/mnt/w o /mnt/m",
    ],
  ] as const;
  const obstacles: Obstacle[] = [];
  for (const [feature, script] of trials) {
    const { failed, stderr } = await inNamespace(script);
    if (failed) {
      obstacles.push({
        what: `the kernel does not support ${feature} (${stderr.split("\n")[0] ?? "no reason given"})`,
        remedy: "Load the module for it, or use a machine or virtual machine with a full kernel",
      });
    }
  }
  const controllers = missingControllers();
  if (controllers.length > 0) {
    obstacles.push({
      what: `the cgroup controllers ${controllers.join(", ")} are not available`,
      remedy: "Enable them on the kernel's command line, or use another machine",
    });
  }
  return obstacles;
}

async function addressObstacles(): Promise<Obstacle[]> {
  const obstacles: Obstacle[] = (await collidingRoutes()).map((route) => ({
    what: `this machine already has a route to ${route}, which the sandbox uses itself`,
    remedy: "Take that network down while the sandbox runs",
  }));
  const { stdout } = await execa("ss", ["-Hltn"]);
  for (const port of [apiServerPort, etcdClientPort, etcdPeerPort, dnsPort, s3Port]) {
    // A listener on a single address does not conflict; one on all addresses also occupies the sandbox's.
    if (new RegExp(`(0\\.0\\.0\\.0|\\*|\\[::\\]):${port}\\s`).test(stdout)) {
      obstacles.push({
        what: `port ${port} is in use on all addresses of this machine`,
        remedy: `Stop the program that listens there (\`ss -ltnp sport = :${port}\` shows it) while the sandbox runs`,
      });
    }
  }
  return obstacles;
}

/** Checks programs and not packages: a runtime from another source works too and must not be replaced. */
async function installMissingPackages(): Promise<void> {
  const packages = Object.entries(debianPrograms)
    .filter(([program]) => !isOnPath(program))
    .map(([, name]) => name);
  if (!isExecutable(cniPlugin)) packages.push(cniPackage);
  if (packages.length === 0) return;
  process.stdout.write(`installing Debian packages: ${packages.join(", ")}\n`);
  const install = ["install", "--yes", "--no-install-recommends", "--no-remove", ...packages];
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const update = await execa("apt-get", ["update"], { reject: false, all: true });
  const { failed, all } = await execa("apt-get", install, { reject: false, all: true, env });
  if (!failed) return;
  throw refusal([
    {
      what: `the packages ${packages.join(", ")} could not be installed: ${lastLine(all)}`,
      remedy: update.failed
        ? `Make the package sources reachable (apt-get update reported: ${lastLine(update.all)})`
        : "Install the programs of these packages by hand: programs on the PATH are used as they are",
    },
  ]);
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}

function isOnPath(program: string): boolean {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / GB).toFixed(1)} GB`;
}
