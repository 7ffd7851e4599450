import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { PoolerMonitoringArgs } from "../../monitoring/args";
import type { Mirror } from "../../operators/release/args";
import type { PodResources, ResourceLimits } from "../../kubernetes/pod-resources";
import type { Spread } from "../cluster/args/pods";
import type { PoolerExposedArgs } from "../exposure/args";
import type { PoolerCatalogArgs } from "../image-catalog/args";

/** The moment at which a server connection returns to the pool. */
export const PoolMode = {
  /** When the client disconnects. All features of PostgreSQL work, but each client needs a server connection. */
  Session: "session",
  /** After each transaction. Few connections serve many clients; session state (SET, LISTEN, advisory locks) is lost. */
  Transaction: "transaction",
} as const;

export type PoolMode = (typeof PoolMode)[keyof typeof PoolMode];

/** The instances of the cluster that a pooler connects to. */
export const PoolerType = {
  /** The primary. */
  ReadWrite: "rw",
  /** The replicas. */
  ReadOnly: "ro",
  /** Any instance. */
  Read: "r",
} as const;

export type PoolerType = (typeof PoolerType)[keyof typeof PoolerType];

/** Placement of a pooler's pods. Changes restart them one by one. */
export interface PoolerPlacementArgs {
  /**
   * Whether pods run on separate hosts. When only one host is left, they share it.
   *
   * @default Spread.Required: two pods on one host are lost together
   */
  hostSpread?: Spread;
  /**
   * Whether pods are spread over zones, by the node label `topology.kubernetes.io/zone`. When this is required, nodes
   * without the label run no pod.
   *
   * @default Spread.Required: cloud providers lose zones
   */
  zoneSpread?: Spread;
  /**
   * Labels of the nodes that may run pods.
   *
   * @default - any node
   */
  nodeSelector?: Record<string, string>;
  /**
   * Taints that pods tolerate.
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

/** Clients that may connect to a pooler. Requires a network plugin that enforces NetworkPolicies. */
export interface PoolerNetworkPolicyArgs {
  /**
   * Whether a policy is created. Without one, every pod in the Kubernetes cluster may connect.
   *
   * @default true
   */
  enabled?: boolean;
  /**
   * Clients that may connect to PgBouncer, port 5432, in addition to `namespaces`. An empty list allows no others.
   *
   * @default - all pods of the namespace
   */
  clients?: pulumi.Input<k8s.types.input.networking.v1.NetworkPolicyPeer>[];
  /**
   * Other namespaces whose pods may all connect to PgBouncer, for example those of the applications, regardless of
   * `clients`. They are selected by the label `kubernetes.io/metadata.name` that the API server sets on each namespace.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name
   */
  namespaces?: pulumi.Input<string>[];
  /**
   * Clients that may read metrics, port 9127.
   *
   * @default - all pods of all namespaces, since monitoring runs elsewhere and metrics contain no data
   */
  metricsFrom?: pulumi.Input<k8s.types.input.networking.v1.NetworkPolicyPeer>[];
}

/**
 * Certificates of a pooler, as Secrets in its namespace. The names are PgBouncer's: `server` is PostgreSQL, `client` a
 * client of the pooler. Label the Secrets `cnpg.io/reload: "true"`, so that renewed ones are loaded without a restart.
 */
export interface PoolerCertificatesArgs {
  /**
   * Secret of type `kubernetes.io/tls` with the certificate that the pooler logs in to PostgreSQL with. Its common name
   * is `cnpg_pooler_pgbouncer`. Required when the cluster's `clientCaSecret` has no `ca.key`, since the operator cannot
   * issue it then.
   *
   * The operator then no longer prepares the database for the pooler. A PostgresCluster that was created with
   * `certificates.clientCaSecret` is prepared; in another one, create the role and the function of
   * https://cloudnative-pg.io/docs/1.30/connection_pooling#authentication yourself.
   *
   * @default - the operator issues it
   */
  serverTlsSecret?: pulumi.Input<string>;
  /**
   * Secret whose `ca.crt` the pooler verifies PostgreSQL by.
   *
   * @default - that of the cluster
   */
  serverCaSecret?: pulumi.Input<string>;
  /**
   * Secret of type `kubernetes.io/tls` with the certificate that clients of the pooler see. It must contain the
   * pooler's host names.
   *
   * @default - that of the cluster, which contains them if the cluster lists the pooler in `poolers`
   */
  clientTlsSecret?: pulumi.Input<string>;
  /**
   * Secret whose `ca.crt` the pooler verifies client certificates by.
   *
   * @default - that of the cluster
   */
  clientCaSecret?: pulumi.Input<string>;
}

/** Memory and CPU of a pooler's pods. */
export interface PoolerResources extends PodResources {
  /**
   * Limits that differ from the requests: with more processor many logins at once take less time.
   *
   * @default - the requests, so that the pods are Guaranteed
   */
  limits?: ResourceLimits;
}

/** A login through a pooler: that of a database's owner is `credentials` of the cluster. */
export interface PoolerCredentials {
  /** Role that logs in. */
  username: string;
  /** Password of the role. */
  password: string;
  /** Database that the role connects to. */
  database: string;
}

/** The server connections of a pooler, and why there are that many. */
export interface PoolerConnections {
  /** PgBouncer pods. */
  instances: number;
  /** Pools of each pod: one for each pair of database and user. */
  databases: number;
  /** The most server connections of each such pool, its reserve included. */
  pool: number;
  /** Server connections of each pod that are kept aside for looking up passwords, in a pool of its own. */
  logins: number;
  /** The share of each pod: `maxConnections` less `reservedConnections`, divided by `totalInstances`. */
  share: number;
}

/** Arguments of PostgresPooler. */
export interface PostgresPoolerArgs {
  /** Namespace of the cluster, and so of the pooler. A change replaces the pooler: its clients lose their connections. */
  namespace: pulumi.Input<string>;

  /** Name of the cluster. A change replaces the pooler, as CloudNativePG does not allow it to change. */
  cluster: pulumi.Input<string>;

  /**
   * The moment at which a server connection returns to the pool. It has no default, because either one can be silently
   * wrong: in session mode all clients beyond the pool wait, in transaction mode session state is lost. A change
   * restarts the pods one by one.
   */
  poolMode: PoolMode;

  /**
   * `max_connections` of the cluster, from which all sizes follow: `cluster.maxConnections`. Less `reservedConnections`
   * and divided by `totalInstances` it is the share of each pod, of which at most 8 are kept aside for looking up
   * passwords; the rest is for the pools of `databases`. A change restarts the pods one by one.
   */
  maxConnections: pulumi.Input<number>;

  /**
   * Name of the Pooler object, of its Service and so of its host. It must not be the name of a cluster or of its
   * Services. A change replaces the pooler.
   *
   * @default - the name of the component
   */
  poolerName?: string;

  /**
   * The instances of the cluster that the pooler connects to.
   *
   * @default PoolerType.ReadWrite
   */
  type?: PoolerType;

  /**
   * PgBouncer pods.
   *
   * @default 2, so that the pooler is no single point of failure
   */
  instances?: number;

  /**
   * PgBouncer pods of **all** poolers of the cluster together, among which its connections are divided.
   *
   * @default - this pooler's `instances`: it is the only one
   */
  totalInstances?: number;

  /**
   * Number of database and user pairs that connect through this pooler. Each has a separate pool in each pod.
   *
   * @default 1
   */
  databases?: number;

  /**
   * Connections that are kept free for others: PostgreSQL reserves 3 for superusers; the operator, the metrics
   * exporter, backups, migrations and administrators need some. Replicas need none, they use `max_wal_senders`.
   *
   * @default 13, which is 3 and 10
   */
  reservedConnections?: number;

  /**
   * PgBouncer settings that CloudNativePG allows, overriding those that this component derives. Sizes that could exceed
   * the cluster's connections are refused: `default_pool_size: "150"` in three pods fits `max_connections` of 500. A
   * change restarts the pods one by one.
   *
   * @default - sizes from `maxConnections`, TLS for clients, retries and timeouts that survive a failover
   * @see https://www.pgbouncer.org/config.html
   */
  parameters?: Record<string, string>;

  /**
   * Memory and CPU of each pod, as requests and, unless `limits` differ, limits. PgBouncer itself uses one core at most. A
   * change restarts the pods one by one.
   *
   * @default - 250m and 256Mi
   */
  resources?: PoolerResources;

  /**
   * Image of PgBouncer, with a fixed tag. A change restarts the pods one by one.
   *
   * @default - PgBouncer 1.25.2 by digest, which CloudNativePG 1.30.1 was built with
   */
  image?: string;

  /**
   * A catalogue that the image is taken from, instead of `image`. What the catalogue says later restarts the pods one by
   * one, without a deployment.
   *
   * @default - none, `image`
   * @see https://cloudnative-pg.io/docs/1.30/connection_pooling#using-an-image-catalog
   */
  imageCatalog?: PoolerCatalogArgs;

  /**
   * Registries to use instead of the public ones, here for the image unless `image` is set. A change restarts the pods
   * one by one.
   *
   * @default - the public ones
   */
  mirror?: Mirror;

  /**
   * Placement of the pods.
   *
   * @default - one pod per host, spread over zones, both required
   */
  placement?: PoolerPlacementArgs;

  /**
   * Clients that may connect to the pooler.
   *
   * @default - the namespace's pods to PgBouncer, all pods to the metrics
   */
  networkPolicy?: PoolerNetworkPolicyArgs;

  /**
   * Services by which clients outside of Kubernetes reach the pooler, beside its own. Their `externalNames` have to be in the
   * certificate that the pooler presents: add them to `certificates.externalNames` of the cluster, which a stack does by
   * itself. Adding, changing or removing one restarts nothing.
   *
   * @default - none: only pods reach it
   */
  exposed?: PoolerExposedArgs[];

  /**
   * Login that applications use, `cluster.credentials`, for the Secret `<pooler>-app`. It has the keys of the cluster's own
   * Secret, with the pooler's host, and belongs into the environment or a volume of whoever uses the pooler. PgBouncer
   * itself does not need it: it looks up the passwords of all roles in the database.
   *
   * @default - no Secret is created
   */
  credentials?: pulumi.Input<PoolerCredentials>;

  /**
   * Separate certificates for the pooler.
   *
   * @default - those of the cluster
   */
  certificates?: PoolerCertificatesArgs;

  /**
   * Metrics and alerts: `{}` for the defaults. They require the Prometheus operator's definitions (PrometheusStack
   * installs them).
   *
   * @default - none
   */
  monitoring?: PoolerMonitoringArgs;

  /**
   * Labels for all objects, and for the pods that the operator creates.
   *
   * @default - only the recommended ones
   */
  labels?: Record<string, string>;

  /**
   * Annotations for the pods. A change restarts them one by one.
   *
   * @default - none
   */
  annotations?: Record<string, string>;

  /**
   * Secrets of type `kubernetes.io/dockerconfigjson` in the pooler's namespace, by which its image is pulled. A change restarts
   * the pods one by one.
   *
   * @default - those of `mirror`
   */
  imagePullSecrets?: pulumi.Input<string>[];

  /**
   * A part of the Pooler's `spec` for what has no argument here, merged last: objects deeply, lists as a whole. What an
   * argument sets is refused, and the policy pack judges the result. What is in it is not promised: this package neither
   * checks nor tests it, and an update of the operator may change it. In a program, `satisfies PoolerSpecPart` has the compiler
   * check it.
   *
   * @default - nothing
   * @see https://cloudnative-pg.io/docs/1.30/cloudnative-pg.v1#poolerspec
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Pulumi's schema for other languages has no unknown.
  spec?: Record<string, any>;
}
