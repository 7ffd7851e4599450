import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** A volume of each instance. */
export interface ClusterStorageArgs {
  /** Size, such as `"100Gi"`, at least 1Gi. It can grow, if the storage class allows expansion, and never shrink. */
  size: string;
  /**
   * StorageClass. Best one with `reclaimPolicy: Retain`, `allowVolumeExpansion: true` and
   * `volumeBindingMode: WaitForFirstConsumer`. A change is for new volumes only.
   *
   * @default - the default class of the Kubernetes cluster; for `walStorage` the one of `storage`
   */
  storageClass?: pulumi.Input<string>;
}

/** How strictly instances keep apart. */
export const Spread = {
  /** An instance that cannot keep apart stays Pending. */
  Required: "required",
  /** Instances keep apart if possible. */
  Preferred: "preferred",
  /** Nobody looks at it. */
  Off: "off",
} as const;

export type Spread = (typeof Spread)[keyof typeof Spread];

/**
 * Where instances run. Changes restart the instances one by one, and those on local volumes cannot move.
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
   * By the node label `topology.kubernetes.io/zone`. Nodes without it take no instance when this is required.
   *
   * @default Spread.Required: cloud providers lose zones
   */
  zoneSpread?: Spread;
  /**
   * Labels of the nodes that may take instances.
   *
   * @default - any node
   */
  nodeSelector?: Record<string, string>;
  /**
   * Taints that instances tolerate, beside those of a lost node, which `rto` decides about.
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

/** Who may connect to the instances. It needs a network plugin that enforces NetworkPolicies. */
export interface ClusterNetworkPolicyArgs {
  /**
   * Whether there is a NetworkPolicy.
   *
   * @default true
   */
  enabled?: boolean;
  /**
   * Who may connect to PostgreSQL, port 5432, beside the cluster's own pods, its poolers, the operator, and whom `namespaces`
   * and `replicaClusters` name. An empty list leaves those.
   *
   * @default - all pods of the namespace
   */
  clients?: pulumi.Input<k8s.types.input.networking.v1.NetworkPolicyPeer>[];
  /**
   * Other namespaces all of whose pods may connect to PostgreSQL, those of the applications for example, whatever `clients`
   * says. Pods are known by the label `kubernetes.io/metadata.name` that the API server gives each namespace.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name
   */
  namespaces?: pulumi.Input<string>[];
  /**
   * Names of ReplicaClusters of the same namespace that stream from this cluster: without being let in they fall back to its
   * archive, minutes behind.
   *
   * @default - none
   */
  replicaClusters?: string[];
  /**
   * Namespace of the CloudNativePG operator, whose pods ask the instances for their status, port 8000: `namespace` of
   * CloudNativePgOperator. **With a wrong one the operator is locked out**, and the cluster is never healthy.
   *
   * @default "cnpg-system", where upstream's manifest and CloudNativePgOperator have it
   */
  operatorNamespace?: pulumi.Input<string>;
  /**
   * Who may read metrics, port 9187.
   *
   * @default - all pods of all namespaces, since monitoring lives elsewhere and metrics hold no data
   */
  metricsFrom?: pulumi.Input<k8s.types.input.networking.v1.NetworkPolicyPeer>[];
}
