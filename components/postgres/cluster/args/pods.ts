import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** A volume of each instance. */
export interface ClusterStorageArgs {
  /** Size, such as `"100Gi"`, at least 1Gi. It can grow, if the storage class allows expansion, but never shrink. */
  size: string;
  /**
   * StorageClass, preferably with `reclaimPolicy: Retain`, `allowVolumeExpansion: true` and `volumeBindingMode:
   * WaitForFirstConsumer`. A change applies to new volumes only.
   *
   * @default - the default class of the Kubernetes cluster; for `walStorage` the one of `storage`
   */
  storageClass?: pulumi.Input<string>;
}

/** The separation of instances. */
export const Spread = {
  /** Instances are separate. One that cannot be stays Pending. */
  Required: "required",
  /** Instances are separate if possible. */
  Preferred: "preferred",
  /** Instances may be together. */
  Off: "off",
} as const;

export type Spread = (typeof Spread)[keyof typeof Spread];

/**
 * Placement of the instances. Changes restart the instances one by one, and those on local volumes cannot move.
 *
 * @see https://cloudnative-pg.io/docs/1.30/scheduling
 */
export interface ClusterPlacementArgs {
  /**
   * Whether two instances may run on one host.
   *
   * @default Spread.Required: two instances on one host are lost together
   */
  hostSpread?: Spread;
  /**
   * Whether instances are spread over zones, by the node label `topology.kubernetes.io/zone`. When this is required,
   * nodes without the label run no instance.
   *
   * @default Spread.Required: cloud providers lose zones
   */
  zoneSpread?: Spread;
  /**
   * Labels of the nodes that may run instances.
   *
   * @default - any node
   */
  nodeSelector?: Record<string, string>;
  /**
   * Taints that instances tolerate, in addition to those of a lost node, which `rto` sets.
   *
   * @default - none
   */
  tolerations?: pulumi.Input<k8s.types.input.core.v1.Toleration>[];
  /**
   * PriorityClass of the pods, so that a full cluster evicts others first.
   *
   * @default - the default class of the Kubernetes cluster
   */
  priorityClassName?: pulumi.Input<string>;
}

/** A ReplicaCluster of another namespace. */
export interface RemoteReplicaClusterArgs {
  /** Its name. */
  name: string;
  /** Its namespace. */
  namespace: pulumi.Input<string>;
}

/** Clients that may connect to the instances. Requires a network plugin that enforces NetworkPolicies. */
export interface ClusterNetworkPolicyArgs {
  /**
   * Whether a NetworkPolicy is created.
   *
   * @default true
   */
  enabled?: boolean;
  /**
   * Clients that may connect to PostgreSQL, port 5432, in addition to the cluster's own pods, its poolers, the
   * operator, `namespaces` and `replicaClusters`. An empty list allows no others.
   *
   * @default - all pods of the namespace
   */
  clients?: pulumi.Input<k8s.types.input.networking.v1.NetworkPolicyPeer>[];
  /**
   * Other namespaces whose pods may all connect to PostgreSQL, for example those of the applications, regardless of
   * `clients`. They are selected by the label `kubernetes.io/metadata.name` that the API server sets on each namespace.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name
   */
  namespaces?: pulumi.Input<string>[];
  /**
   * Names of ReplicaClusters in the same namespace that stream from this cluster: without access they fall back to its
   * archive, minutes behind.
   *
   * @default - none
   */
  replicaClusters?: string[];
  /**
   * The same of other namespaces.
   *
   * @default - none
   */
  remoteReplicaClusters?: RemoteReplicaClusterArgs[];
  /**
   * Namespace of the CloudNativePG operator, whose pods query the instances' status, port 8000: `namespace` of
   * CloudNativePgOperator. **With a wrong one the operator is locked out**, and the cluster never becomes healthy.
   *
   * @default "cnpg-system", where upstream's manifest and CloudNativePgOperator install it
   */
  operatorNamespace?: pulumi.Input<string>;
  /**
   * Namespace of a PrimaryWatch, whose pods connect to PostgreSQL, port 5432, to see whether it answers: `watch.namespace`.
   *
   * @default - none: a watch cannot see the instances, and says so
   */
  watchNamespace?: pulumi.Input<string>;
  /**
   * Clients that may read metrics, port 9187.
   *
   * @default - all pods of all namespaces, since monitoring runs elsewhere and metrics contain no data
   */
  metricsFrom?: pulumi.Input<k8s.types.input.networking.v1.NetworkPolicyPeer>[];
}
