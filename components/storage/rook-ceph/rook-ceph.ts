import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import type { RookCephArgs } from "./args";
import { blockClass, databaseClass, filesystemClass, poolNames } from "./classes";
import { blockPoolSpec, cephClusterSpec, databasePoolSpec, filesystemSpec } from "./spec";
import { rookCeph, type RookCephValues } from "./values";

/**
 * A Ceph cluster on the nodes' own disks, with StorageClasses for databases and everything else. It needs the Rook operator
 * (RookCephOperator installs it). `pulumi up` returns when the cluster stores data, which takes some 15 minutes.
 *
 * Block volumes have three copies on different hosts or zones, stay when their claim is deleted, can grow, and are created
 * where their pod is. PostgreSQL replicates itself, too, so that three instances on such volumes write everything nine
 * times. This is nevertheless the default: only with it a lost disk costs nothing. `databasePool` is faster: it keeps each
 * instance's data within its own zone or host and leaves the copies to PostgreSQL. A pool with a single copy over all disks,
 * which would be as fast, is not possible: one lost disk would destroy all instances.
 *
 * @example
 * ```typescript
 * const rook = new RookCephOperator("rook-ceph", { topologyLabels: ["topology.kubernetes.io/zone"] });
 * const ceph = new RookCeph(
 *   "ceph",
 *   {
 *     storage: { deviceFilter: "^nvme[1-9]" },
 *     failureDomain: FailureDomain.Zone,
 *     databasePool: { domains: ["eu-1a", "eu-1b", "eu-1c"] },
 *   },
 *   { dependsOn: rook },
 * );
 * const db = new PostgresCluster(
 *   "orders",
 *   { namespace: "shop", storage: { size: "100Gi", storageClass: ceph.databaseStorageClass } },
 *   { dependsOn: ceph },
 * );
 * ```
 *
 * Its objects are destroyed in the reverse order: StorageClasses, pools, cluster. Data stays on the disks by default, see
 * `teardown`, and a new cluster does not use disks with data.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://rook.io/docs/rook/v1.20/CRDs/Cluster/ceph-cluster-crd/
 */
export class RookCeph extends pulumi.ComponentResource {
  /** Name of the CephCluster: the component's. */
  public readonly name: pulumi.Output<string>;
  /** Namespace of the cluster. */
  public readonly namespace: pulumi.Output<string>;
  /** StorageClass of block volumes with all copies, known once it works. */
  public readonly blockStorageClass: pulumi.Output<string>;
  /** StorageClass for databases, known once it works: that of the `databasePool`, or else of block volumes. */
  public readonly databaseStorageClass: pulumi.Output<string>;
  /** StorageClass for volumes that many pods write, known once it works; only with a `filesystem`. */
  public readonly filesystemStorageClass?: pulumi.Output<string>;

  constructor(name: string, args: RookCephArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = rookCeph.accept(name, args);
    super("ha-postgres:index:RookCeph", name, {}, opts);

    const names = poolNames(values);
    const cluster = createCluster(this, values);
    const block = createPool(this, values, names.block, blockPoolSpec(values), cluster);
    const domains = names.databaseDomains.map((domain) =>
      createPool(this, values, names.databaseOf(domain), databasePoolSpec(values, domain), cluster),
    );
    const filesystem = values.filesystemReplicas && createFilesystem(this, values, cluster);

    this.name = cluster.metadata.name;
    this.namespace = cluster.metadata.namespace;
    this.blockStorageClass = createClass(this, values, names.block, blockClass(values), [block]);
    this.databaseStorageClass =
      domains.length > 0
        ? createClass(this, values, names.database, databaseClass(values), domains)
        : this.blockStorageClass;
    if (filesystem) {
      const volumes = filesystemClass(values);
      this.filesystemStorageClass = createClass(this, values, names.filesystem, volumes, [
        filesystem,
      ]);
    }
    this.registerOutputs({
      name: this.name,
      namespace: this.namespace,
      blockStorageClass: this.blockStorageClass,
      databaseStorageClass: this.databaseStorageClass,
      filesystemStorageClass: this.filesystemStorageClass,
    });
  }
}

function createCluster(parent: RookCeph, values: RookCephValues): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(
    `${values.name}-cluster`,
    {
      apiVersion: "ceph.rook.io/v1",
      kind: "CephCluster",
      metadata: metadata(values, values.name, "cluster"),
      spec: cephClusterSpec(values),
    },
    // It starts monitors, managers and one daemon for each disk one after the other, and stops them in the same way.
    { parent, customTimeouts: { create: "60m", update: "60m", delete: "30m" } },
  );
}

function createPool(
  parent: RookCeph,
  values: RookCephValues,
  name: string,
  spec: ReturnType<typeof blockPoolSpec>,
  cluster: pulumi.Resource,
): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(
    `${name}-pool`,
    {
      apiVersion: "ceph.rook.io/v1",
      kind: "CephBlockPool",
      metadata: metadata(values, name, "pool"),
      spec,
    },
    { parent, dependsOn: [cluster] },
  );
}

function createFilesystem(
  parent: RookCeph,
  values: RookCephValues,
  cluster: pulumi.Resource,
): k8s.apiextensions.CustomResource {
  const { filesystem } = poolNames(values);
  return new k8s.apiextensions.CustomResource(
    filesystem,
    {
      apiVersion: "ceph.rook.io/v1",
      kind: "CephFilesystem",
      metadata: metadata(values, filesystem, "filesystem"),
      spec: filesystemSpec(values),
    },
    { parent, dependsOn: [cluster] },
  );
}

/** Creates the class once its pools are ready, and returns its name, so that users of the name wait for them. */
function createClass(
  parent: RookCeph,
  values: RookCephValues,
  name: string,
  spec: Omit<k8s.types.input.storage.v1.StorageClass, "metadata">,
  dependsOn: pulumi.Resource[],
): pulumi.Output<string> {
  const storageClass = new k8s.storage.v1.StorageClass(
    `${name}-class`,
    {
      metadata: { name, labels: recommendedLabels("rook-ceph", values.name, "storage") },
      ...spec,
    },
    // Kubernetes allows no changes to it, and no second one with its name. Volumes do not need it any more.
    { parent, dependsOn, deleteBeforeReplace: true },
  );
  return storageClass.metadata.name;
}

function metadata({ name, namespace }: RookCephValues, ownName: string, component: string) {
  return {
    name: ownName,
    namespace,
    labels: recommendedLabels("rook-ceph", name, component),
    annotations: { "pulumi.com/waitFor": "jsonpath={.status.phase}=Ready" },
  };
}
