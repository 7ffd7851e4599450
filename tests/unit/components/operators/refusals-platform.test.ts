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

/** A mistake: what somebody wrote, and what the error says of it. */
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
    "a runtime that it does not know",
    { containerRuntime: "podman" },
    'containerRuntime = "podman": it is none of the values this can have. Use one of "containerd", "crio", "docker".',
  ],
  [
    "a socket with a scheme",
    { runtimeSocket: "unix:///run/containerd/containerd.sock" },
    'runtimeSocket = "unix:///run/containerd/containerd.sock": it is no path on the nodes, and the daemon would not ' +
      'start. Give the socket\'s absolute path, such as "/run/k3s/containerd/containerd.sock".',
  ],
  [
    "settings for a daemon that does not run",
    { daemon: false, runtimeSocket: "/run/containerd.sock" },
    'runtimeSocket = "/run/containerd.sock": with `daemon: false` there is no daemon that it could be for. Remove it, ' +
      "or let the daemon run.",
  ],
  [
    "a mirror of images with a scheme",
    { mirror: { images: "https://registry.example" } },
    'mirror.images = "https://registry.example": it is no registry as it stands in an image\'s name. Give host and path ' +
      'without a scheme, such as "registry.example/mirror".',
  ],
  [
    "a misspelt limit to annotated namespaces",
    { onlyAnotatedNamespaces: true },
    'onlyAnotatedNamespaces = "[not shown]": there is no such argument, and it would do nothing. Did you mean ' +
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
    "a password in the place of a Secret",
    { grafana: { adminSecret: { name: "login", password: "hunter2" } } },
    'grafana.adminSecret.password = "[not shown]": there is no such argument, and it would do nothing. Did you mean ' +
      "`passwordKey`? If not, remove it.",
  ],
  [
    "a retention without a unit",
    { prometheus: { retention: "15" } },
    'prometheus.retention = "15": it is no duration as Prometheus reads it, and the operator would refuse the object. ' +
      'Give a number with its unit, such as "15d", "2w" or "36h".',
  ],
  [
    "a retention in words",
    { prometheus: { retention: "15 days" } },
    'prometheus.retention = "15 days": it is no duration as Prometheus reads it, and the operator would refuse the ' +
      'object. Give a number with its unit, such as "15d", "2w" or "36h".',
  ],
  [
    "a volume without a unit",
    { prometheus: { storage: { size: "50" } } },
    'prometheus.storage.size = "50": it is no size of a volume of 1Gi or more. Give a size with its unit, such as "50Gi".',
  ],
  [
    "no Prometheus",
    { prometheus: { replicas: 0 } },
    "prometheus.replicas = 0: it is below the least that is possible, 1. Use 1 or more.",
  ],
  [
    "a mirror of charts without a scheme",
    { mirror: { charts: "registry.example/charts" } },
    'mirror.charts = "registry.example/charts": it is no address that Helm could take charts from. Give the whole ' +
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
    "an address in the place of a network",
    { loadBalancerSourceRanges: ["203.0.113.7"] },
    'loadBalancerSourceRanges[0] = "203.0.113.7": it is no network in CIDR notation, and the load balancer would refuse ' +
      'or ignore it. Write an address and a prefix length, such as "203.0.113.0/24".',
  ],
  [
    "a prefix that is too long",
    { loadBalancerSourceRanges: ["203.0.113.0/64"] },
    'loadBalancerSourceRanges[0] = "203.0.113.0/64": it is no network in CIDR notation, and the load balancer would ' +
      'refuse or ignore it. Write an address and a prefix length, such as "203.0.113.0/24".',
  ],
  [
    "source ranges that nothing looks at",
    { serviceType: "NodePort", loadBalancerSourceRanges: ["203.0.113.0/24"] },
    'loadBalancerSourceRanges = ["203.0.113.0/24"]: a Service of type NodePort lets everybody in all the same. Remove ' +
      "it and write a NetworkPolicy, or use serviceType LoadBalancer.",
  ],
  [
    "Kubernetes' own namespace",
    { namespace: "kube-system" },
    'namespace = "kube-system": it belongs to Kubernetes, so whoever has rights there gets those of the operator, and ' +
      "deleting the stack would try to delete it. Give the operator a namespace of its own, or leave this out.",
  ],
  [
    "settings for a controller that is not installed",
    { install: false, ingressClass: "public", gatewayApi: true },
    'gatewayApi = "[not shown]": with `install: false` the operator is somebody else\'s, and this would not reach it. ' +
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
    "a chart of the drivers that is in two places",
    {
      driversChart: {
        chart: "oci://registry.example/drivers",
        repository: "https://charts.example",
      },
    },
    'driversChart.repository = "https://charts.example": the chart "oci://registry.example/drivers" already says where ' +
      "it is, and Helm would look for it in the repository. Remove the repository.",
  ],
  [
    "a range of versions of the drivers",
    { driversChart: { version: "1.x" } },
    'driversChart.version = "1.x": it is no exact version, so two runs of the same program could install different ' +
      'operators. Give a version such as "0.29.0".',
  ],
  [
    "a label with a value",
    { topologyLabels: ["topology.kubernetes.io/zone=eu-1a"] },
    'topologyLabels[0] = "topology.kubernetes.io/zone=eu-1a": no label of a node can have that key. Give the key of a ' +
      'label, such as "topology.kubernetes.io/zone".',
  ],
  [
    "a kubelet's directory that is none",
    { kubeletDirectory: "kubelet" },
    'kubeletDirectory = "kubelet": it is no directory on the nodes, and no volume could be mounted. Give an absolute ' +
      'path, such as "/var/lib/kubelet".',
  ],
];

describe("RookCephOperator refuses", () => {
  test.each(rookOperatorMistakes)("%s", async (_, wrong, ...says) => {
    expect(await refusalOf(() => new RookCephOperator("x", wrong))).toEqual(says);
  });
});

const NO_DISK =
  "it says of no disk that Ceph may take it, and volumes would wait for ever. Give deviceFilter, devices of the nodes, or " +
  "volumeClaims; or allDevices: true if every empty disk is for Ceph.";
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
    "storage.allDevices = true: every empty disk would be taken, and not only those that deviceFilter chooses. Remove " +
      "it, or the deviceFilter.",
  ],
  [
    "disks and volumes",
    { storage: { deviceFilter: "^sd", volumeClaims: claims } },
    'storage.volumeClaims = "[not shown]": disks of nodes are given as well, and one cluster takes either those or ' +
      "volumes. Remove one of both.",
  ],
  [
    "a node twice",
    { storage: { deviceFilter: "^sd", nodes: [{ name: "a" }, { name: "b" }, { name: "a" }] } },
    'storage.nodes[2].name = "a": this node is in the list already, and Rook reads one entry of a node. Put all its ' +
      "devices into one entry.",
  ],
  [
    "a filter that is no pattern",
    { storage: { deviceFilter: "nvme[" } },
    'storage.deviceFilter = "nvme[": it is no regular expression, and Rook would find no disk. Write a pattern over the ' +
      'names of disks, such as "^nvme[1-9]".',
  ],
  [
    "an even number of monitors",
    { mons: 4, failureDomains: 5 },
    "mons = 4: of 4 monitors no more can be lost than of 3, and one more can fail. Use 3 or 5.",
  ],
  [
    "more monitors than hosts",
    { mons: 5 },
    "mons = 5: each needs a host of its own, and there are 3: the cluster would never become ready. Use fewer, or set " +
      "failureDomains to the number of hosts.",
  ],
  [
    "more copies than zones",
    { failureDomain: "zone", failureDomains: 3, blockPool: { replicas: 4 } },
    "blockPool.replicas = 4: each copy needs a zone of its own, and there are 3: nothing could be written. Use 3 or " +
      "fewer, or set failureDomains to the number of zones with disks.",
  ],
  [
    "more copies than nodes",
    {
      storage: { deviceFilter: "^sd", nodes: [{ name: "a" }, { name: "b" }] },
      mons: 1,
      filesystem: { replicas: 2 },
    },
    "blockPool.replicas = 3: each copy needs a host of its own, and there are 2: nothing could be written. Use 2 or " +
      "fewer, or set failureDomains to the number of hosts with disks.",
  ],
  [
    "a single copy over all disks",
    { blockPool: { replicas: 1 } },
    "blockPool.replicas = 1: Ceph spreads a pool over all disks, so without a second copy one lost disk takes all " +
      "volumes along. Use 3, or keep what replicates itself in a databasePool.",
  ],
  [
    "fewer volumes than copies",
    { storage: { volumeClaims: { ...claims, count: 2 } } },
    "storage.volumeClaims.count = 2: 3 copies need as many disks. Use 3 or more.",
  ],
  [
    "all databases in one place",
    { databasePool: { domains: ["a"] } },
    'databasePool.domains = ["a"]: with all instances in one host a lost disk could take all copies of a database along. ' +
      "Name every host that instances run in, or let databases use the block pool.",
  ],
  [
    "a pool for databases twice",
    { databasePool: { domains: ["a", "b", "a"] } },
    'databasePool.domains[2] = "a": it is in the list already, and two pools cannot bear the same name. Remove it.',
  ],
  [
    "pools in zones that have no disks",
    { failureDomain: "zone", databasePool: { domains: ["a", "b", "c", "d"] } },
    'databasePool.domains = ["a","b","c","d"]: there are 3 zones with disks, and a pool on another one would never work. ' +
      "Remove those without disks, or set failureDomains to the number of zones with disks.",
  ],
  [
    "an image that changes",
    { image: "quay.io/ceph/ceph:latest" },
    'image = "quay.io/ceph/ceph:latest": it names no fixed version, so a restarted pod could run other software. Give ' +
      "repository:tag or repository:tag@sha256:….",
  ],
  [
    "a teardown that nobody knows",
    { teardown: "yes-really-destroy-data" },
    'teardown = "yes-really-destroy-data": it is none of the values this can have. Use one of "retain-data", ' +
      '"destroy-data".',
  ],
];

describe("RookCeph refuses", () => {
  test.each(rookMistakes)("%s", async (_, wrong, ...says) => {
    const args = { storage: { deviceFilter: "^nvme" }, ...wrong } as RookCephArgs;
    expect(await refusalOf(() => new RookCeph("x", args))).toEqual(says);
  });
});
