import {
  ChaosMesh,
  PrometheusStack,
  RookCeph,
  RookCephOperator,
  Traefik,
  type ChaosMeshArgs,
  type PrometheusStackArgs,
  type RookCephArgs,
  type RookCephOperatorArgs,
  type TraefikArgs,
} from "../../../../components";
import { failure } from "../../support/registrations";

/** A mistake: its title, the wrong arguments, and the lines of the error. */
type Mistake<Args> = [
  what: string,
  wrong: Partial<Args> | Record<string, unknown>,
  ...says: string[],
];

async function refusalOf(program: () => unknown): Promise<string[]> {
  const { error, registered } = await failure(program);
  expect(registered).toEqual([]);
  expect(error).toBeInstanceOf(Error);
  const [title, ...lines] = (error as Error).message.split("\n");
  expect(title).toMatch(/^[A-Z]\w+ "x" is refused:$/);
  return lines.map((line) => line.replace(/^ {2}- /, ""));
}

const chaosMeshMistakes: Mistake<ChaosMeshArgs>[] = [
  [
    "an unknown runtime",
    { containerRuntime: "podman" },
    'containerRuntime = "podman": is not a valid value. Use one of "containerd", "crio", "docker".',
  ],
  [
    "a socket with a scheme",
    { runtimeSocket: "unix:///run/containerd/containerd.sock" },
    'runtimeSocket = "unix:///run/containerd/containerd.sock": must be a path on the nodes, or the daemon does not ' +
      'start. Give the socket\'s absolute path, such as "/run/k3s/containerd/containerd.sock".',
  ],
  [
    "settings for a daemon that does not run",
    { daemon: false, runtimeSocket: "/run/containerd.sock" },
    'runtimeSocket = "/run/containerd.sock": has no effect: with `daemon: false` no daemon runs. Remove it, or let ' +
      "the daemon run.",
  ],
  [
    "a mirror of images with a scheme",
    { mirror: { images: "https://registry.example" } },
    'mirror.images = "https://registry.example": must be a registry as in the name of an image. Give host and path ' +
      'without a scheme, such as "registry.example/mirror".',
  ],
  [
    "a misspelt limit to annotated namespaces",
    { onlyAnotatedNamespaces: true },
    'onlyAnotatedNamespaces = "[not shown]": is not an argument, and would do nothing. Did you mean ' +
      "`onlyAnnotatedNamespaces`? If not, remove it.",
  ],
];

describe("ChaosMesh refuses", () => {
  test.each(chaosMeshMistakes)("%s", async (_, wrong, ...says) => {
    expect(await refusalOf(() => new ChaosMesh("x", wrong))).toEqual(says);
  });
});

const prometheusStackMistakes: Mistake<PrometheusStackArgs>[] = [
  [
    "a password instead of a Secret",
    { grafana: { adminSecret: { name: "login", password: "hunter2" } } },
    'grafana.adminSecret.password = "[not shown]": is not an argument, and would do nothing. Did you mean ' +
      "`passwordKey`? If not, remove it.",
  ],
  [
    "a retention without a unit",
    { prometheus: { retention: "15" } },
    'prometheus.retention = "15": is not a valid duration in Prometheus, and the operator would refuse the object. ' +
      'Give a number with its unit, such as "15d", "2w" or "36h".',
  ],
  [
    "a retention in words",
    { prometheus: { retention: "15 days" } },
    'prometheus.retention = "15 days": is not a valid duration in Prometheus, and the operator would refuse the ' +
      'object. Give a number with its unit, such as "15d", "2w" or "36h".',
  ],
  [
    "a volume without a unit",
    { prometheus: { storage: { size: "50" } } },
    'prometheus.storage.size = "50": must be the size of a volume, at least 1Gi. Give a size with its unit, such as "50Gi".',
  ],
  [
    "no Prometheus",
    { prometheus: { replicas: 0 } },
    "prometheus.replicas = 0: must be at least 1. Use 1 or more.",
  ],
  [
    "a mirror of charts without a scheme",
    { mirror: { charts: "registry.example/charts" } },
    'mirror.charts = "registry.example/charts": must be an address that Helm can load charts from. Give the whole ' +
      'address, such as "https://charts.example" or "oci://registry.example/charts", without a slash at the end.',
  ],
];

describe("PrometheusStack refuses", () => {
  test.each(prometheusStackMistakes)("%s", async (_, wrong, ...says) => {
    expect(await refusalOf(() => new PrometheusStack("x", wrong))).toEqual(says);
  });
});

const traefikMistakes: Mistake<TraefikArgs>[] = [
  [
    "an address instead of a network",
    { loadBalancerSourceRanges: ["203.0.113.7"] },
    'loadBalancerSourceRanges[0] = "203.0.113.7": must be a network in CIDR notation, or the load balancer refuses ' +
      'or ignores it. Write an address and a prefix length, such as "203.0.113.0/24".',
  ],
  [
    "a prefix that is too long",
    { loadBalancerSourceRanges: ["203.0.113.0/64"] },
    'loadBalancerSourceRanges[0] = "203.0.113.0/64": must be a network in CIDR notation, or the load balancer ' +
      'refuses or ignores it. Write an address and a prefix length, such as "203.0.113.0/24".',
  ],
  [
    "source ranges without effect",
    { serviceType: "NodePort", loadBalancerSourceRanges: ["203.0.113.0/24"] },
    'loadBalancerSourceRanges = ["203.0.113.0/24"]: has no effect: a Service of type NodePort allows every client. ' +
      "Remove it and write a NetworkPolicy, or use serviceType LoadBalancer.",
  ],
  [
    "Kubernetes' own namespace",
    { namespace: "kube-system" },
    'namespace = "kube-system": belongs to Kubernetes: anyone with rights there gets those of the operator, and ' +
      "deleting the stack would try to delete it. Give the operator a separate namespace, or remove this.",
  ],
  [
    "settings for a controller that is not installed",
    { install: false, ingressClass: "public", gatewayApi: true },
    'gatewayApi = "[not shown]": has no effect: with `install: false` this component does not manage the operator. ' +
      "Remove it, or let this component install the operator.",
  ],
];

describe("Traefik refuses", () => {
  test.each(traefikMistakes)("%s", async (_, wrong, ...says) => {
    expect(await refusalOf(() => new Traefik("x", wrong))).toEqual(says);
  });
});

const rookOperatorMistakes: Mistake<RookCephOperatorArgs>[] = [
  [
    "a chart of the drivers with two sources",
    {
      driversChart: {
        chart: "oci://registry.example/drivers",
        repository: "https://charts.example",
      },
    },
    'driversChart.repository = "https://charts.example": the chart "oci://registry.example/drivers" is an address ' +
      "already, but Helm would look for it in the repository. Remove the repository.",
  ],
  [
    "a range of versions of the drivers",
    { driversChart: { version: "1.x" } },
    'driversChart.version = "1.x": must be an exact version, or two runs of the same program could install ' +
      'different operators. Give a version such as "0.29.0".',
  ],
  [
    "a label with a value",
    { topologyLabels: ["topology.kubernetes.io/zone=eu-1a"] },
    'topologyLabels[0] = "topology.kubernetes.io/zone=eu-1a": is not a valid key of a node\'s label. Give the key ' +
      'of a label, such as "topology.kubernetes.io/zone".',
  ],
  [
    "a kubelet's directory that is not a path",
    { kubeletDirectory: "kubelet" },
    'kubeletDirectory = "kubelet": must be a directory on the nodes, or no volume can be mounted. Give an absolute ' +
      'path, such as "/var/lib/kubelet".',
  ],
];

describe("RookCephOperator refuses", () => {
  test.each(rookOperatorMistakes)("%s", async (_, wrong, ...says) => {
    expect(await refusalOf(() => new RookCephOperator("x", wrong))).toEqual(says);
  });
});

const NO_DISK =
  "must give Ceph disks, or volumes wait indefinitely. Give deviceFilter, devices of the nodes, or volumeClaims; " +
  "or allDevices: true if every empty disk is for Ceph.";
const claims = { count: 3, size: "500Gi", storageClass: "gp3" };

const rookMistakes: Mistake<RookCephArgs>[] = [
  ["no disks", { storage: {} }, `storage = {}: ${NO_DISK}`],
  [
    "nodes without disks",
    { storage: { nodes: [{ name: "a", devices: ["sdb"] }, { name: "b" }, { name: "c" }] } },
    `storage.nodes[1].devices = (not set): ${NO_DISK}`,
  ],
  [
    "all disks and only some",
    { storage: { allDevices: true, deviceFilter: "^sd" } },
    "storage.allDevices = true: selects every empty disk, not only those of deviceFilter. Remove it, or the " +
      "deviceFilter.",
  ],
  [
    "disks and volumes",
    { storage: { deviceFilter: "^sd", volumeClaims: claims } },
    'storage.volumeClaims = "[not shown]": disks of nodes are given as well, and one cluster uses either disks or ' +
      "volumes. Remove one of the two.",
  ],
  [
    "a node twice",
    { storage: { deviceFilter: "^sd", nodes: [{ name: "a" }, { name: "b" }, { name: "a" }] } },
    'storage.nodes[2].name = "a": is in the list already, and Rook reads only one entry of a node. List all its ' +
      "devices in one entry.",
  ],
  [
    "a filter that is not a pattern",
    { storage: { deviceFilter: "nvme[" } },
    'storage.deviceFilter = "nvme[": is not a valid regular expression, and Rook would find no disk. Write a ' +
      'pattern over the names of disks, such as "^nvme[1-9]".',
  ],
  [
    "an even number of monitors",
    { mons: 4, failureDomains: 5 },
    "mons = 4: must be odd: of 4 monitors no more can be lost than of 3, and one more can fail. Use 3 or 5.",
  ],
  [
    "more monitors than hosts",
    { mons: 5 },
    "mons = 5: exceeds the 3 hosts: each monitor needs a separate one, so the cluster would never become ready. " +
      "Use fewer, or set failureDomains to the number of hosts.",
  ],
  [
    "more copies than zones",
    { failureDomain: "zone", failureDomains: 3, blockPool: { replicas: 4 } },
    "blockPool.replicas = 4: exceeds the 3 zones: each copy needs a separate one, so nothing could be written. Use " +
      "3 or fewer, or set failureDomains to the number of zones with disks.",
  ],
  [
    "more copies than nodes",
    {
      storage: { deviceFilter: "^sd", nodes: [{ name: "a" }, { name: "b" }] },
      mons: 1,
      filesystem: { replicas: 2 },
    },
    "blockPool.replicas = 3: exceeds the 2 hosts: each copy needs a separate one, so nothing could be written. Use " +
      "2 or fewer, or set failureDomains to the number of hosts with disks.",
  ],
  [
    "a single copy over all disks",
    { blockPool: { replicas: 1 } },
    "blockPool.replicas = 1: Ceph spreads a pool over all disks, so without a second copy one lost disk destroys " +
      "all volumes. Use 3, or a databasePool for databases that replicate themselves.",
  ],
  [
    "fewer volumes than copies",
    { storage: { volumeClaims: { ...claims, count: 2 } } },
    "storage.volumeClaims.count = 2: must be at least 3: each copy needs a separate disk. Use 3 or more.",
  ],
  [
    "all databases in one domain",
    { databasePool: { domains: ["a"] } },
    'databasePool.domains = ["a"]: with all instances in one host a lost disk could destroy all copies of a ' +
      "database. Name every host that instances run in, or let databases use the block pool.",
  ],
  [
    "a pool for databases twice",
    { databasePool: { domains: ["a", "b", "a"] } },
    'databasePool.domains[2] = "a": is in the list already, and two pools cannot have the same name. Remove it.',
  ],
  [
    "pools in zones without disks",
    { failureDomain: "zone", databasePool: { domains: ["a", "b", "c", "d"] } },
    'databasePool.domains = ["a","b","c","d"]: exceeds the 3 zones with disks: a pool on another one would never ' +
      "work. Remove those without disks, or set failureDomains to the number of zones with disks.",
  ],
  [
    "an image that changes",
    { image: "quay.io/ceph/ceph:latest" },
    'image = "quay.io/ceph/ceph:latest": must name a fixed version, or a restarted pod could run other software. ' +
      "Give repository:tag or repository:tag@sha256:….",
  ],
  [
    "an unknown teardown",
    { teardown: "yes-really-destroy-data" },
    'teardown = "yes-really-destroy-data": is not a valid value. Use one of "retain-data", ' +
      '"destroy-data".',
  ],
];

describe("RookCeph refuses", () => {
  test.each(rookMistakes)("%s", async (_, wrong, ...says) => {
    const args = { storage: { deviceFilter: "^nvme" }, ...wrong } as RookCephArgs;
    expect(await refusalOf(() => new RookCeph("x", args))).toEqual(says);
  });
});
