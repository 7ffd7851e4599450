import { FailureDomain, RookCeph, Teardown, type RookCephArgs } from "../../../../components";
import { crdErrors } from "../../support/crd-schema";
import { only, registrations, valueOf, type Registration } from "../../support/registrations";

const COMPONENT = "ha-postgres:index:RookCeph";
const CLUSTER = "kubernetes:ceph.rook.io/v1:CephCluster";
const POOL = "kubernetes:ceph.rook.io/v1:CephBlockPool";
const FILESYSTEM = "kubernetes:ceph.rook.io/v1:CephFilesystem";
const CLASS = "kubernetes:storage.k8s.io/v1:StorageClass";

const storage = { deviceFilter: "^nvme[1-9]" };

function registered(args: Partial<RookCephArgs> = {}) {
  return registrations(() => new RookCeph("ceph", { storage, ...args }));
}

const guaranteed = (cpu: string, memory: string) => ({
  requests: { cpu, memory },
  limits: { cpu, memory },
});
const metadata = (name: string, component: string, namespace = "rook-ceph") => ({
  name,
  namespace,
  labels: {
    "app.kubernetes.io/name": "rook-ceph",
    "app.kubernetes.io/instance": "ceph",
    "app.kubernetes.io/component": component,
    "app.kubernetes.io/part-of": "ha-postgres",
    "app.kubernetes.io/managed-by": "pulumi",
  },
  annotations: { "pulumi.com/waitFor": "jsonpath={.status.phase}=Ready" },
});
const clusterSpec = {
  cephVersion: { image: "quay.io/ceph/ceph:v20.2.4", allowUnsupported: false },
  dataDirHostPath: "/var/lib/rook",
  mon: { count: 3, allowMultiplePerNode: false },
  mgr: { count: 2, allowMultiplePerNode: false },
  dashboard: { enabled: false, ssl: true },
  monitoring: { enabled: false },
  security: { cephx: { csi: { keyType: "aes" } } },
  resources: {
    mon: guaranteed("1", "2Gi"),
    mgr: guaranteed("500m", "1Gi"),
    osd: guaranteed("2", "4Gi"),
  },
  priorityClassNames: {
    mon: "system-node-critical",
    osd: "system-node-critical",
    mgr: "system-cluster-critical",
  },
  storage: { useAllNodes: true, useAllDevices: false, deviceFilter: "^nvme[1-9]" },
  disruptionManagement: { managePodBudgets: true, osdMaintenanceTimeout: 30 },
  cleanupPolicy: { confirmation: "" },
};
const secrets = (prefix: string, namespace = "rook-ceph") => ({
  "csi.storage.k8s.io/provisioner-secret-name": `${prefix}-provisioner`,
  "csi.storage.k8s.io/provisioner-secret-namespace": namespace,
  "csi.storage.k8s.io/controller-expand-secret-name": `${prefix}-provisioner`,
  "csi.storage.k8s.io/controller-expand-secret-namespace": namespace,
  "csi.storage.k8s.io/controller-publish-secret-name": `${prefix}-provisioner`,
  "csi.storage.k8s.io/controller-publish-secret-namespace": namespace,
  "csi.storage.k8s.io/node-stage-secret-name": `${prefix}-node`,
  "csi.storage.k8s.io/node-stage-secret-namespace": namespace,
});

/** The API server's validation errors for Rook's objects. */
function schemaErrors(all: Registration[]): string[] {
  return all
    .filter(({ type }) => [CLUSTER, POOL, FILESYSTEM].includes(type))
    .flatMap(({ inputs }) => crdErrors(inputs["kind"] as "CephCluster", inputs));
}
const spec = (registration: Registration) => registration.inputs["spec"];

describe("a RookCeph with a filter for its disks", () => {
  test("is a cluster, then a pool, then a StorageClass", async () => {
    const all = await registered();
    expect(all).toEqual([
      {
        id: `${COMPONENT}::ceph`,
        type: COMPONENT,
        name: "ceph",
        custom: false,
        inputs: {},
        dependsOn: [],
        aliases: [],
      },
      {
        id: `${CLUSTER}::ceph-cluster`,
        type: CLUSTER,
        name: "ceph-cluster",
        custom: true,
        parent: `${COMPONENT}::ceph`,
        dependsOn: [],
        aliases: [],
        // Protobuf's name of delete.
        customTimeouts: { create: "60m", update: "60m", delete: "30m" },
        inputs: {
          apiVersion: "ceph.rook.io/v1",
          kind: "CephCluster",
          metadata: metadata("ceph", "cluster"),
          spec: clusterSpec,
        },
      },
      {
        id: `${POOL}::ceph-block-pool`,
        type: POOL,
        name: "ceph-block-pool",
        custom: true,
        parent: `${COMPONENT}::ceph`,
        dependsOn: [`${CLUSTER}::ceph-cluster`],
        aliases: [],
        inputs: {
          apiVersion: "ceph.rook.io/v1",
          kind: "CephBlockPool",
          metadata: metadata("ceph-block", "pool"),
          spec: {
            failureDomain: "host",
            replicated: { size: 3, requireSafeReplicaSize: true },
            enableRBDStats: false,
          },
        },
      },
      {
        id: `${CLASS}::ceph-block-class`,
        type: CLASS,
        name: "ceph-block-class",
        custom: true,
        parent: `${COMPONENT}::ceph`,
        dependsOn: [`${POOL}::ceph-block-pool`],
        aliases: expect.any(Array) as unknown[],
        deleteBeforeReplace: true,
        inputs: {
          apiVersion: "storage.k8s.io/v1",
          kind: "StorageClass",
          metadata: { name: "ceph-block", labels: metadata("", "storage").labels },
          provisioner: "rook-ceph.rbd.csi.ceph.com",
          reclaimPolicy: "Retain",
          allowVolumeExpansion: true,
          volumeBindingMode: "WaitForFirstConsumer",
          parameters: {
            clusterID: "rook-ceph",
            pool: "ceph-block",
            imageFormat: "2",
            imageFeatures: "layering",
            ...secrets("rook-csi-rbd"),
            "csi.storage.k8s.io/fstype": "ext4",
          },
        },
      },
    ]);
    expect(schemaErrors(all)).toEqual([]);
  });

  test("reports its StorageClasses: databases use the block pool", async () => {
    let ceph: RookCeph | undefined;
    await registrations(() => (ceph = new RookCeph("ceph", { storage })));
    if (!ceph) throw new Error("There is no cluster.");
    expect(await valueOf(ceph.name)).toBe("ceph");
    expect(await valueOf(ceph.namespace)).toBe("rook-ceph");
    expect(await valueOf(ceph.blockStorageClass)).toBe("ceph-block");
    expect(await valueOf(ceph.databaseStorageClass)).toBe("ceph-block");
    expect(ceph.filesystemStorageClass).toBeUndefined();
  });
});

describe("a RookCeph over zones with everything set", () => {
  const full: Partial<RookCephArgs> = {
    namespace: "ceph",
    operatorNamespace: "storage",
    failureDomain: FailureDomain.Zone,
    failureDomains: 3,
    mons: 5,
    blockPool: { replicas: 2 },
    databasePool: { domains: ["eu-1a", "eu-1b", "eu.1c"] },
    filesystem: {},
    resources: {
      mon: { cpu: "2", memory: "4Gi" },
      mgr: { cpu: "1", memory: "2Gi" },
      osd: { cpu: "4", memory: "8Gi" },
      mds: { cpu: "3", memory: "6Gi" },
    },
    mirror: { images: "registry.example/mirror" },
    monitoring: true,
    dashboard: true,
    teardown: Teardown.DestroyData,
  };

  test("passes every setting to Rook", async () => {
    const all = await registered(full);
    expect(spec(only(all, CLUSTER))).toEqual({
      ...clusterSpec,
      cephVersion: {
        image: "registry.example/mirror/ceph/ceph:v20.2.4",
        allowUnsupported: false,
      },
      mon: { count: 5, allowMultiplePerNode: false },
      dashboard: { enabled: true, ssl: true },
      monitoring: { enabled: true },
      cephConfig: {
        global: { mon_allow_pool_size_one: "true", mon_warn_on_pool_no_redundancy: "false" },
      },
      placement: {
        mon: {
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: "topology.kubernetes.io/zone",
              whenUnsatisfiable: "DoNotSchedule",
              labelSelector: { matchLabels: { app: "rook-ceph-mon" } },
            },
          ],
        },
      },
      resources: {
        mon: guaranteed("2", "4Gi"),
        mgr: guaranteed("1", "2Gi"),
        osd: guaranteed("4", "8Gi"),
      },
      cleanupPolicy: {
        confirmation: "yes-really-destroy-data",
        sanitizeDisks: { method: "quick", dataSource: "zero", iteration: 1 },
        allowUninstallWithVolumes: false,
      },
    });
    expect(spec(only(all, POOL, "ceph-block-pool"))).toEqual({
      failureDomain: "zone",
      replicated: { size: 2, requireSafeReplicaSize: true },
      enableRBDStats: true,
    });
    expect(only(all, FILESYSTEM).inputs).toEqual({
      apiVersion: "ceph.rook.io/v1",
      kind: "CephFilesystem",
      metadata: metadata("ceph-filesystem", "filesystem", "ceph"),
      spec: {
        metadataPool: {
          failureDomain: "zone",
          replicated: { size: 3, requireSafeReplicaSize: true },
        },
        dataPools: [
          {
            name: "replicated",
            failureDomain: "zone",
            replicated: { size: 3, requireSafeReplicaSize: true },
          },
        ],
        preserveFilesystemOnDelete: false,
        metadataServer: {
          activeCount: 1,
          activeStandby: true,
          resources: guaranteed("3", "6Gi"),
          priorityClassName: "system-cluster-critical",
        },
      },
    });
    expect(schemaErrors(all)).toEqual([]);
  });

  test("keeps each database's data in a pool of its own zone", async () => {
    const all = await registered(full);
    expect(spec(only(all, POOL, "ceph-database-eu-1c-pool"))).toEqual({
      failureDomain: "osd",
      crushRoot: "eu-1c",
      replicated: { size: 1, requireSafeReplicaSize: false },
      enableRBDStats: true,
    });
    const { dependsOn, inputs } = only(all, CLASS, "ceph-database-class");
    const pools = ["eu-1a", "eu-1b", "eu-1c"].map((zone) => `ceph-database-${zone}`);
    expect(dependsOn).toEqual(pools.map((pool) => `${POOL}::${pool}-pool`));
    expect(inputs).toMatchObject({
      provisioner: "storage.rbd.csi.ceph.com",
      volumeBindingMode: "WaitForFirstConsumer",
    });
    const parameters = inputs["parameters"] as Record<string, string>;
    expect(parameters).not.toHaveProperty("pool");
    expect(JSON.parse(parameters["topologyConstrainedPools"] ?? "")).toEqual([
      { poolName: pools[0], domainSegments: [{ domainLabel: "zone", value: "eu-1a" }] },
      { poolName: pools[1], domainSegments: [{ domainLabel: "zone", value: "eu-1b" }] },
      { poolName: pools[2], domainSegments: [{ domainLabel: "zone", value: "eu.1c" }] },
    ]);
  });

  test("has a class for volumes that many pods write", async () => {
    const { dependsOn, inputs } = only(await registered(full), CLASS, "ceph-filesystem-class");
    expect(dependsOn).toEqual([`${FILESYSTEM}::ceph-filesystem`]);
    expect(inputs).toMatchObject({
      provisioner: "storage.cephfs.csi.ceph.com",
      reclaimPolicy: "Retain",
      allowVolumeExpansion: true,
      volumeBindingMode: "Immediate",
      parameters: {
        clusterID: "ceph",
        fsName: "ceph-filesystem",
        pool: "ceph-filesystem-replicated",
        ...secrets("rook-csi-cephfs", "ceph"),
      },
    });
  });

  test("reports its StorageClasses", async () => {
    let ceph: RookCeph | undefined;
    await registrations(() => (ceph = new RookCeph("ceph", { storage, ...full })));
    if (!ceph?.filesystemStorageClass) throw new Error("There is no filesystem.");
    expect(await valueOf(ceph.databaseStorageClass)).toBe("ceph-database");
    expect(await valueOf(ceph.filesystemStorageClass)).toBe("ceph-filesystem");
  });
});

describe("a database pool", () => {
  test.each([
    ["zone", 2, "host"],
    ["host", 1, "osd"],
    ["host", 2, "osd"],
  ] as const)("in each %s with %i copies has them on different %ss", async (domain, size, on) => {
    const all = await registered({
      failureDomain: domain,
      databasePool: { domains: ["a", "b"], replicas: size },
    });
    expect(spec(only(all, POOL, "ceph-database-a-pool"))).toMatchObject({
      failureDomain: on,
      crushRoot: "a",
      replicated: { size, requireSafeReplicaSize: size > 1 },
    });
    expect(schemaErrors(all)).toEqual([]);
  });
});

describe("the disks of a RookCeph", () => {
  const storageOf = async (args: Partial<RookCephArgs>) => {
    const all = await registered(args);
    expect(schemaErrors(all)).toEqual([]);
    return (spec(only(all, CLUSTER)) as typeof clusterSpec).storage;
  };

  test("may be all empty disks", async () => {
    expect(await storageOf({ storage: { allDevices: true } })).toEqual({
      useAllNodes: true,
      useAllDevices: true,
    });
  });

  test("may be those of some nodes, each by name or by the filter", async () => {
    const nodes = [{ name: "a", devices: ["nvme1n1", "nvme2n1"] }, { name: "b" }, { name: "c" }];
    expect(await storageOf({ storage: { nodes, deviceFilter: "^sd" } })).toEqual({
      useAllNodes: false,
      useAllDevices: false,
      deviceFilter: "^sd",
      nodes: [
        { name: "a", devices: [{ name: "nvme1n1" }, { name: "nvme2n1" }] },
        { name: "b" },
        { name: "c" },
      ],
    });
  });

  test.each([
    ["host", false, ["kubernetes.io/hostname: DoNotSchedule"]],
    [
      "zone",
      true,
      ["topology.kubernetes.io/zone: DoNotSchedule", "kubernetes.io/hostname: ScheduleAnyway"],
    ],
  ] as const)("may be volumes, spread by %s", async (failureDomain, portable, over) => {
    const volumeClaims = { count: 3, size: "500Gi", storageClass: "gp3" };
    const all = await registered({ failureDomain, storage: { volumeClaims } });
    expect(schemaErrors(all)).toEqual([]);
    const { storage: disks, mon } = spec(only(all, CLUSTER)) as {
      storage: { storageClassDeviceSets: Record<string, unknown>[] };
      mon: unknown;
    };
    const spread = (app: string) => ({
      topologySpreadConstraints: over.map((text) => {
        const [topologyKey, whenUnsatisfiable] = text.split(": ");
        return {
          maxSkew: 1,
          topologyKey,
          whenUnsatisfiable,
          labelSelector: { matchLabels: { app } },
        };
      }),
    });
    expect(disks).toEqual({
      useAllNodes: false,
      useAllDevices: false,
      storageClassDeviceSets: [
        {
          name: "volumes",
          count: 3,
          portable,
          placement: spread("rook-ceph-osd"),
          preparePlacement: spread("rook-ceph-osd-prepare"),
          resources: guaranteed("2", "4Gi"),
          volumeClaimTemplates: [
            {
              metadata: { name: "data" },
              spec: {
                accessModes: ["ReadWriteOnce"],
                volumeMode: "Block",
                storageClassName: "gp3",
                resources: { requests: { storage: "500Gi" } },
              },
            },
          ],
        },
      ],
    });
    expect(mon).toEqual({
      count: 3,
      allowMultiplePerNode: false,
      volumeClaimTemplate: {
        spec: { storageClassName: "gp3", resources: { requests: { storage: "10Gi" } } },
      },
    });
  });
});
