import type * as pulumi from "@pulumi/pulumi";
import type { KeyReferenceArgs } from "../../../kubernetes/key-reference";

/**
 * Files in the pods, under `/projected`: all keys of a ConfigMap or Secret of the cluster's namespace, or one of them.
 * Exactly one of `configMap` and `secret`. A changed content is there within about a minute, without a restart; another
 * list of files restarts the instances one by one.
 *
 * @see https://cloudnative-pg.io/docs/1.30/cluster_conf#projected-volumes
 */
export interface ClusterFileArgs {
  /**
   * Name of the ConfigMap.
   *
   * @default - it is a Secret
   */
  configMap?: pulumi.Input<string>;
  /**
   * Name of the Secret.
   *
   * @default - it is a ConfigMap
   */
  secret?: pulumi.Input<string>;
  /**
   * The one key that is a file.
   *
   * @default - all keys, each in a file of its name
   */
  key?: string;
  /**
   * Path of that file below `/projected`.
   *
   * @default - the key
   */
  path?: string;
}

/**
 * An environment variable of PostgreSQL's containers: exactly one of `value`, `secret` and `configMap`. A change restarts the
 * instances one by one.
 */
export interface ClusterEnvArgs {
  /** Name. Those that begin with `PG` or `CNPG_`, `POD_NAME`, `NAMESPACE` and `CLUSTER_NAME` are the operator's. */
  name: string;
  /**
   * Value, which everyone can read who may read the Cluster.
   *
   * @default - it is elsewhere
   */
  value?: string;
  /**
   * Key of an existing Secret with the value.
   *
   * @default - it is elsewhere
   */
  secret?: KeyReferenceArgs;
  /**
   * Key of an existing ConfigMap with the value.
   *
   * @default - it is elsewhere
   */
  configMap?: KeyReferenceArgs;
}

/** Limits of the volumes in memory and on the node's disk. A change restarts the instances one by one. */
export interface ClusterEphemeralVolumesArgs {
  /**
   * Size of `/dev/shm`, at least 64Mi, where parallel queries keep what they share. It counts as memory of the pod.
   *
   * @default - half of the node's memory, as far as the pod's limit allows
   */
  shm?: string;
  /**
   * Size of the temporary files of the operator and its sidecars on the node's disk, at least 512Mi. The kubelet evicts a pod
   * that has more.
   *
   * @default - no limit
   */
  temporaryData?: string;
}

/**
 * A tablespace: a further volume of each instance. It can be added to a cluster that exists, which restarts the instances one
 * by one, and it can grow. It can be neither removed nor renamed. Backups contain it. The operator creates it once the cluster
 * serves: SQL at creation cannot use it.
 *
 * @see https://cloudnative-pg.io/docs/1.30/tablespaces
 */
export interface ClusterTablespaceArgs {
  /** Name in PostgreSQL: `CREATE TABLE ... TABLESPACE name`. */
  name: string;
  /** Size, such as `"100Gi"`, at least 1Gi. It can grow, if the storage class allows expansion, but never shrink. */
  size: string;
  /**
   * StorageClass. A change applies to new volumes only.
   *
   * @default - the one of `storage`
   */
  storageClass?: pulumi.Input<string>;
  /**
   * Role that may create tables in it: the owner of the database, or one of `roles`.
   *
   * @default - the owner of the first database
   */
  owner?: string;
  /**
   * Whether PostgreSQL puts temporary tables and sorts into it, so that they cannot fill the volume of the tables.
   *
   * @default false
   */
  temporary?: boolean;
}
