import { mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { stateDir } from "../paths.ts";
import { type SandboxNode, clusterDomain, hostAddress, podNetwork } from "../shape/topology.ts";
import { program } from "../programs.ts";
import { createNodeCgroup, nodeCgroup } from "./cgroups.ts";
import { diskOf } from "./kept-shape.ts";
import { kubeconfigOf, writeKubeconfig } from "./kubeconfig.ts";
import {
  enforcesNetworkPolicies,
  networkPolicyAgent,
  networkPolicyAgentCommand,
  networkPolicyPlugin,
  waitUntilPoliciesApplied,
  removeRulesCommand,
} from "./network-policies.ts";
import { plugIn } from "./network.ts";
import { createNodeCertificate, pkiFile } from "./pki.ts";
import { type Daemon, endProcesses, findDaemon, ownProcesses, startDaemon } from "./processes.ts";

/**
 * A node is a process with its own namespaces for mounts, network and process numbers, like a machine. When that
 * process ends, everything that ran on the node and everything that it mounted ends, as in a power cut.
 */
function nodeInit(node: SandboxNode): Daemon {
  return {
    name: `${node.name}/init`,
    program: "tini",
    command: [
      "unshare",
      "--mount",
      "--net",
      "--pid",
      "--fork",
      "--kill-child",
      "--mount-proc",
      // A node's daemons leave processes behind, which must be reaped.
      "tini",
      "--",
      "sleep",
      "infinity",
    ],
  };
}

/** Folder of Debian's CNI plugins. */
const debianCniDir = "/usr/lib/cni";

/** Folder of all CNI plugins, ours included: the runtime searches a single folder. */
const cniPluginDir = join(stateDir, "cni-plugins");

/** A file on each node that is ready for use. */
const readyFile = "/run/node-ready";

const containerdSocket = "/run/containerd/containerd.sock";

/** Starts a node up to its container runtime, so that images can be loaded before the first pod. */
export async function startRuntime(node: SandboxNode, sandboxImage: string): Promise<void> {
  await writeNodeFiles(node, sandboxImage);
  await createNodeCgroup(node.name);
  await startInit(node);
  await startDaemon(containerd(node));
  await waitUntilContainerdReady(node);
}

/** Starts the agents that make the node part of the cluster. */
export async function startNodeAgents(node: SandboxNode): Promise<void> {
  // Before the kubelet, since no pod starts without its rules.
  if (enforcesNetworkPolicies()) {
    await startDaemon(policyAgent(node));
    await waitUntilPoliciesApplied(node);
  } else {
    await endPolicyAgent(node);
  }
  await startDaemon(kubelet(node));
  await startDaemon(kubeProxy(node));
}

/** The rules outlive their agent, so both are removed. */
async function endPolicyAgent(node: SandboxNode): Promise<void> {
  const agent = findDaemon(policyAgent(node));
  if (agent !== undefined) await endProcesses([agent]);
  await onNode(node, ...removeRulesCommand);
}

/** Cuts the power. The disk remains, so that `startRuntime` restores the node. */
export async function stopNode(node: SandboxNode): Promise<void> {
  const init = findDaemon(nodeInit(node));
  if (init !== undefined) await endProcesses([init], 0);
}

/** Stops every node, including one whose addition or removal was interrupted. */
export async function stopAllNodes(): Promise<void> {
  const inits = ownProcesses().filter(
    ({ name, program }) => name.endsWith("/init") && program === "tini",
  );
  await endProcesses(
    inits.map(({ pid }) => pid),
    0,
  );
}

export function isNodeRunning(node: SandboxNode): boolean {
  return findDaemon(nodeInit(node)) !== undefined;
}

/** Whether it can be used. Its start may have been interrupted. */
export async function isNodeReady(node: SandboxNode): Promise<boolean> {
  const init = findDaemon(nodeInit(node));
  if (init === undefined) return false;
  return readFile(`/proc/${init}/root${readyFile}`).then(
    () => true,
    () => false,
  );
}

/** The daemons of every node, for `status`. */
export function nodeDaemons(node: SandboxNode): Pick<Daemon, "name" | "program">[] {
  return [
    nodeInit(node),
    ...[
      "containerd",
      "kubelet",
      "kube-proxy",
      ...(enforcesNetworkPolicies() ? [networkPolicyAgent] : []),
    ].map((program) => ({ name: `${node.name}/${program}`, program })),
  ];
}

/** Loads an image archive into a node's container runtime. */
export async function importImage(node: SandboxNode, archive: string): Promise<void> {
  await onNode(node, "ctr", "--namespace", "k8s.io", "images", "import", archive);
}

/** The images that a node's runtime has, by reference. */
export async function nodeImages(node: SandboxNode): Promise<string[]> {
  const { stdout } = await onNode(node, "ctr", "--namespace", "k8s.io", "images", "list", "-q");
  return stdout.split("\n");
}

/** Runs a command on a node. */
function onNode(node: SandboxNode, ...command: string[]) {
  return execa("nsenter", [...enter(node), ...command]);
}

/** The prefix of a command that runs in a node's network. */
export function networkOf(node: SandboxNode): string[] {
  return ["nsenter", "--target", String(initOf(node)), "--net"];
}

/** Arguments of `nsenter` that enter a node. */
function enter(node: SandboxNode): string[] {
  return ["--target", String(initOf(node)), "--mount", "--net", "--pid"];
}

function initOf(node: SandboxNode): number {
  const init = findDaemon(nodeInit(node));
  if (init === undefined) throw new Error(`${node.name} is not running`);
  return init;
}

async function startInit(node: SandboxNode): Promise<void> {
  const running = findDaemon(nodeInit(node));
  if (running !== undefined) {
    if (await isNodeReady(node)) return;
    // Its start was interrupted.
    await stopNode(node);
  }
  await startDaemon(nodeInit(node));
  let init: number | undefined;
  while ((init = findDaemon(nodeInit(node))) === undefined) await sleep(20);
  await plugIn(node, init);
  const disk = diskOf(node);
  const script = [
    // Kubernetes propagates mounts from the kubelet to containers, which requires shared mounts.
    "mount --make-rshared /",
    "mount -t tmpfs -o mode=755 tmpfs /run",
    `mount --bind ${disk}/lib /var/lib`,
    `mount --bind ${disk}/log /var/log`,
    "echo 1 > /proc/sys/net/ipv4/ip_forward",
    `echo ready > ${readyFile}`,
  ];
  await onNode(node, "sh", "-euc", script.join("\n"));
}

async function waitUntilContainerdReady(node: SandboxNode): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { exitCode } = await execa("nsenter", [...enter(node), "ctr", "version"], {
      reject: false,
    });
    if (exitCode === 0) return;
    if (attempt === 100) throw new Error(`containerd on ${node.name} does not answer`);
    await sleep(200);
  }
}

function containerd(node: SandboxNode): Daemon {
  return {
    name: `${node.name}/containerd`,
    program: "containerd",
    command: inNode(node, "containerd", "--config", join(diskOf(node), "containerd.toml")),
  };
}

function kubelet(node: SandboxNode): Daemon {
  return {
    name: `${node.name}/kubelet`,
    program: "kubelet",
    command: inNode(
      node,
      program("kubelet"),
      `--config=${join(diskOf(node), "kubelet.json")}`,
      `--kubeconfig=${kubeconfigOf(node.name)}`,
      `--hostname-override=${node.name}`,
      `--node-ip=${node.address}`,
      ...zoneLabels(node),
    ),
  };
}

/** Sets both labels or none, like a cloud's controller. */
function zoneLabels({ zone }: SandboxNode): string[] {
  if (zone === undefined) return [];
  const labels = [`topology.kubernetes.io/zone=${zone}`, "topology.kubernetes.io/region=sandbox"];
  return [`--node-labels=${labels.join(",")}`];
}

function kubeProxy(node: SandboxNode): Daemon {
  return {
    name: `${node.name}/kube-proxy`,
    program: "kube-proxy",
    command: inNode(
      node,
      program("kube-proxy"),
      `--kubeconfig=${kubeconfigOf("kube-proxy")}`,
      `--hostname-override=${node.name}`,
      `--cluster-cidr=${podNetwork}`,
      "--proxy-mode=iptables",
      `--healthz-bind-address=${node.address}:10256`,
      `--metrics-bind-address=${node.address}:10249`,
      // The connection table belongs to the machine and must not be resized.
      "--conntrack-max-per-core=0",
      "--conntrack-min=0",
      "--conntrack-tcp-timeout-established=0s",
      "--conntrack-tcp-timeout-close-wait=0s",
    ),
  };
}

function policyAgent(node: SandboxNode): Daemon {
  return {
    name: `${node.name}/${networkPolicyAgent}`,
    program: networkPolicyAgent,
    command: inNode(node, ...networkPolicyAgentCommand(node)),
  };
}

function inNode(node: SandboxNode, ...command: string[]): string[] {
  return ["nsenter", ...enter(node), ...command];
}

async function writeNodeFiles(node: SandboxNode, sandboxImage: string): Promise<void> {
  const disk = diskOf(node);
  for (const folder of ["lib/volumes", "log", "cni"]) {
    await mkdir(join(disk, folder), { recursive: true });
  }
  await linkCniPlugins();
  await mkdir(join(stateDir, "kubeconfigs"), { recursive: true });
  await createNodeCertificate(node);
  await writeKubeconfig(node.name, kubeconfigOf(node.name));
  await writeKubeconfig("kube-proxy", kubeconfigOf("kube-proxy"));
  await writeFile(join(disk, "containerd.toml"), containerdConfig(disk, sandboxImage));
  await writeFile(join(disk, "cni", "10-bridge.conflist"), JSON.stringify(cniConfig(node)));
  await writeFile(join(disk, "kubelet.json"), JSON.stringify(kubeletConfig(node), undefined, 2));
}

async function linkCniPlugins(): Promise<void> {
  await mkdir(cniPluginDir, { recursive: true });
  const plugins = (await readdir(debianCniDir)).map((name) => join(debianCniDir, name));
  for (const plugin of [...plugins, program(networkPolicyPlugin.type)]) {
    // An existing link is in use and correct.
    await symlink(plugin, join(cniPluginDir, basename(plugin))).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    });
  }
}

function containerdConfig(disk: string, sandboxImage: string): string {
  return `version = 2
[grpc]
  address = "${containerdSocket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${sandboxImage}"
  # A machine may not allow lowering a process's score, and then no container would start at all.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${cniPluginDir}"
    conf_dir = "${disk}/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
`;
}

function cniConfig(node: SandboxNode) {
  return {
    cniVersion: "0.4.0",
    name: "pods",
    plugins: [
      {
        type: "bridge",
        bridge: "cni0",
        isGateway: true,
        hairpinMode: true,
        ipam: {
          type: "host-local",
          ranges: [[{ subnet: node.podSubnet, gateway: node.podGateway }]],
          routes: [{ dst: "0.0.0.0/0" }],
          dataDir: "/run/cni-addresses",
        },
      },
      { type: "portmap", capabilities: { portMappings: true } },
      ...(enforcesNetworkPolicies() ? [networkPolicyPlugin] : []),
    ],
  };
}

function kubeletConfig(node: SandboxNode) {
  return {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    address: node.address,
    healthzBindAddress: node.address,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: pkiFile("ca.crt") },
    },
    authorization: { mode: "Webhook" },
    tlsCertFile: pkiFile(`${node.name}.crt`),
    tlsPrivateKeyFile: pkiFile(`${node.name}.key`),
    cgroupDriver: "cgroupfs",
    cgroupRoot: nodeCgroup(node.name),
    failCgroupV1: false,
    failSwapOn: false,
    // Applied when the node registers, before any pod.
    registerWithTaints: node.taints,
    clusterDNS: [hostAddress],
    clusterDomain,
    resolvConf: "",
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    // Images cannot be pulled again, so none may be removed, even on a full disk.
    imageGCHighThresholdPercent: 100,
    evictionHard: { "memory.available": "100Mi", "nodefs.available": "1%" },
    // The machine may not allow lowering the kubelet's own score.
    oomScoreAdj: 0,
  };
}
