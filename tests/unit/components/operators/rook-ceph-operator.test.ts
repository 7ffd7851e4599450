import { RookCephOperator, type RookCephOperatorArgs } from "../../../../components";
import { only, registrations, valueOf } from "../../support/registrations";

const COMPONENT = "ha-postgres:index:RookCephOperator";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const RELEASE = "kubernetes:helm.sh/v3:Release";

const deployed = (type: string) => (type === RELEASE ? { status: { status: "deployed" } } : {});

function registered(args?: RookCephOperatorArgs) {
  return registrations(() => new RookCephOperator("rook", args), { outputs: deployed });
}

const guaranteed = (cpu: string, memory: string) => ({
  requests: { cpu, memory },
  limits: { cpu, memory },
});
const helm = {
  atomic: true,
  cleanupOnFail: true,
  timeout: 600,
  maxHistory: 5,
  compat: "true",
};
const pods = {
  labelSelector: { matchLabels: { "control-plane": "ceph-csi-op-controller-manager" } },
  matchLabelKeys: ["pod-template-hash"],
};
const spread = [
  {
    maxSkew: 1,
    topologyKey: "kubernetes.io/hostname",
    whenUnsatisfiable: "DoNotSchedule",
    nodeTaintsPolicy: "Honor",
    ...pods,
  },
  {
    maxSkew: 1,
    topologyKey: "topology.kubernetes.io/zone",
    whenUnsatisfiable: "ScheduleAnyway",
    ...pods,
  },
];

/** The operator's values with a mirror in place of the registries. */
function operatorValues(mirror?: string) {
  const image = (registry: string, path: string, tag: string) => ({
    repository: `${mirror ?? registry}/${path}`,
    tag,
  });
  const sig = (name: string, tag: string) => image("registry.k8s.io", `sig-storage/${name}`, tag);
  return {
    image: image("docker.io", "rook/ceph", "v1.20.6"),
    crds: { enabled: true },
    resources: guaranteed("500m", "512Mi"),
    priorityClassName: "system-cluster-critical",
    csi: {
      cephcsi: image("quay.io", "cephcsi/cephcsi", "v3.17.0"),
      registrar: sig("csi-node-driver-registrar", "v2.17.0"),
      provisioner: sig("csi-provisioner", "v6.2.0"),
      snapshotter: sig("csi-snapshotter", "v8.5.0"),
      attacher: sig("csi-attacher", "v4.12.0"),
      resizer: sig("csi-resizer", "v2.1.0"),
      csiAddons: image("quay.io", "csiaddons/k8s-sidecar", "v0.14.0"),
    },
    "ceph-csi-operator": {
      controllerManager: {
        replicas: 2,
        manager: {
          image: image("quay.io", "cephcsi/ceph-csi-operator", "v1.0.4"),
          resources: guaranteed("100m", "256Mi"),
        },
        priorityClassName: "system-cluster-critical",
        topologySpreadConstraints: spread,
      },
    },
    monitoring: { enabled: false },
  };
}

function driversValues(namespace: string) {
  return {
    operatorConfig: {
      namespace,
      driverSpecDefaults: {
        imageSet: { name: "rook-csi-operator-image-set-configmap" },
        nodePlugin: { priorityClassName: "system-node-critical" },
        controllerPlugin: { priorityClassName: "system-cluster-critical", replicas: 2 },
      },
    },
    drivers: {
      rbd: { enabled: true, name: `${namespace}.rbd.csi.ceph.com` },
      cephfs: { enabled: true, name: `${namespace}.cephfs.csi.ceph.com` },
      nfs: { enabled: false, name: `${namespace}.nfs.csi.ceph.com` },
      nvmeof: { enabled: false, name: `${namespace}.nvmeof.csi.ceph.com` },
    },
  };
}

describe("the Rook operator without arguments", () => {
  test("is a namespace for privileged pods, the operator and then the drivers", async () => {
    const all = await registered();
    expect(all.map(({ id }) => id)).toEqual([
      `${COMPONENT}::rook`,
      `${NAMESPACE}::rook-namespace`,
      `${RELEASE}::rook-release`,
      `${RELEASE}::rook-drivers-release`,
    ]);
    expect(only(all, NAMESPACE).inputs["metadata"]).toMatchObject({
      name: "rook-ceph",
      labels: { "pod-security.kubernetes.io/enforce": "privileged" },
    });
    expect(only(all, RELEASE, "rook-release").inputs).toEqual({
      ...helm,
      name: "rook",
      namespace: "rook-ceph",
      chart: "rook-ceph",
      version: "v1.20.6",
      repositoryOpts: { repo: "https://charts.rook.io/release" },
      values: operatorValues(),
    });
    const drivers = only(all, RELEASE, "rook-drivers-release");
    expect(drivers.dependsOn).toEqual([`${NAMESPACE}::rook-namespace`, `${RELEASE}::rook-release`]);
    expect(drivers.inputs).toEqual({
      ...helm,
      name: "rook-drivers",
      namespace: "rook-ceph",
      chart: "ceph-csi-drivers",
      version: "1.0.4",
      repositoryOpts: { repo: "https://ceph.github.io/ceph-csi-operator" },
      values: driversValues("rook-ceph"),
    });
  });

  test("reports its namespace, name and version, and is ready when both releases are", async () => {
    const ready = async (drivers: string) => {
      let rook: RookCephOperator | undefined;
      await registrations(() => (rook = new RookCephOperator("rook")), {
        outputs: (type, { name }) =>
          type === RELEASE
            ? { status: { status: name === "rook-drivers" ? drivers : "deployed" } }
            : {},
      });
      if (!rook) throw new Error("There is no operator.");
      expect(await valueOf(rook.namespace)).toBe("rook-ceph");
      expect(await valueOf(rook.name)).toBe("rook");
      expect(await valueOf(rook.version)).toBe("v1.20.6");
      return valueOf(rook.ready);
    };
    expect(await ready("deployed")).toBe(true);
    expect(await ready("failed")).toBe(false);
  });
});

describe("the Rook operator with everything set", () => {
  const full: RookCephOperatorArgs = {
    namespace: "storage",
    createNamespace: false,
    resources: { cpu: "1", memory: "1Gi" },
    driverReplicas: 3,
    topologyLabels: ["topology.kubernetes.io/zone"],
    kubeletDirectory: "/var/snap/kubelet",
    monitoring: true,
    priorityClassName: "infrastructure",
    driversChart: { version: "1.0.5" },
    driversValues: { drivers: { nfs: { enabled: true } } },
    values: { logLevel: "DEBUG" },
    mirror: { charts: "oci://registry.example/charts", images: "registry.example/mirror" },
  };

  test("passes every setting to its chart, from the mirror", async () => {
    const all = await registered(full);
    const expected = operatorValues("registry.example/mirror");
    const operator = only(all, RELEASE, "rook-release").inputs;
    expect(operator).toMatchObject({
      chart: "oci://registry.example/charts/rook-ceph",
      version: "v1.20.6",
      namespace: "storage",
    });
    const { controllerManager } = expected["ceph-csi-operator"];
    expect(operator["values"]).toEqual({
      ...expected,
      resources: guaranteed("1", "1Gi"),
      priorityClassName: "infrastructure",
      "ceph-csi-operator": {
        controllerManager: { ...controllerManager, priorityClassName: "infrastructure" },
      },
      monitoring: { enabled: true },
      logLevel: "DEBUG",
    });
    const drivers = only(all, RELEASE, "rook-drivers-release").inputs;
    expect(drivers).toMatchObject({
      chart: "oci://registry.example/charts/ceph-csi-drivers",
      version: "1.0.5",
    });
    const { drivers: names } = driversValues("storage");
    expect(drivers["values"]).toEqual({
      operatorConfig: {
        namespace: "storage",
        driverSpecDefaults: {
          imageSet: { name: "rook-csi-operator-image-set-configmap" },
          nodePlugin: {
            priorityClassName: "system-node-critical",
            kubeletDirPath: "/var/snap/kubelet",
            topology: { domainLabels: ["topology.kubernetes.io/zone"] },
          },
          controllerPlugin: { priorityClassName: "system-cluster-critical", replicas: 3 },
        },
      },
      drivers: { ...names, nfs: { ...names.nfs, enabled: true } },
    });
  });
});

describe("an existing Rook operator", () => {
  test("registers nothing, and reports its namespace", async () => {
    let rook: RookCephOperator | undefined;
    const all = await registrations(
      () => (rook = new RookCephOperator("rook", { install: false, namespace: "ops" })),
    );
    expect(all.map(({ type }) => type)).toEqual([COMPONENT]);
    if (!rook) throw new Error("There is no operator.");
    expect(await valueOf(rook.namespace)).toBe("ops");
    expect(await valueOf(rook.ready)).toBe(true);
  });
});
