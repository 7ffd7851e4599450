import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { PoolerMonitoringArgs } from "../../monitoring/args";
import type { Mirror } from "../../operators/release/args";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { Spread } from "../cluster/args/pods";

/** When a server connection goes back to the pool. */
export const PoolMode = {
  /** When the client disconnects. Everything works as on PostgreSQL itself; as many clients as connections. */
  Session: "session",
  /** After each transaction. Few connections serve many clients; session state (SET, LISTEN, advisory locks) is lost. */
  Transaction: "transaction",
} as const;

export type PoolMode = (typeof PoolMode)[keyof typeof PoolMode];

/** Which instances of the cluster a pooler leads to. */
export const PoolerType = {
  /** The primary. */
  ReadWrite: "rw",
  /** The replicas. */
  ReadOnly: "ro",
  /** Any instance. */
  Read: "r",
} as const;

export type PoolerType = (typeof PoolerType)[keyof typeof PoolerType];

/** Where a pooler's pods run. Changes restart them one by one. */
export interface PoolerPlacementArgs {
  /**
   * Whether pods keep to hosts of their own. When only one host is left, they share it.
   *
   * @default Spread.Required: two pods on one host are lost together
   */
  hostSpread?: Spread;
  /**
   * By the node label `topology.kubernetes.io/zone`. Nodes without it take no pod when this is required.
   *
   * @default Spread.Required: cloud providers lose zones
   */
  zoneSpread?: Spread;
  /**
   * Labels of the nodes that may take pods.
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

/** Who may connect to a pooler. It needs a network plugin that enforces NetworkPolicies. */
export interface PoolerNetworkPolicyArgs {
  /**
   * Whether there is a policy. Without one, everybody in the Kubernetes cluster may connect.
   *
   * @default true
   */
  enabled?: boolean;
  /**
   * Who may connect to PgBouncer, port 5432, beside whom `namespaces` names. An empty list leaves nobody else.
   *
   * @default - all pods of the namespace
   */
  clients?: pulumi.Input<k8s.types.input.networking.v1.NetworkPolicyPeer>[];
  /**
   * Other namespaces all of whose pods may connect to PgBouncer, those of the applications for example, whatever `clients`
   * says. Pods are known by the label `kubernetes.io/metadata.name` that the API server gives each namespace.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name
   */
  namespaces?: pulumi.Input<string>[];
  /**
   * Who may read metrics, port 9127.
   *
   * @default - all pods of all namespaces, since monitoring lives elsewhere and metrics hold no data
   */
  metricsFrom?: pulumi.Input<k8s.types.input.networking.v1.NetworkPolicyPeer>[];
}

/**
 * Certificates of a pooler, as Secrets in its namespace. PgBouncer's names: `server` is PostgreSQL, `client` who connects to the
 * pooler. Label the Secrets `cnpg.io/reload: "true"`, so that renewed ones are taken over without a restart.
 */
export interface PoolerCertificatesArgs {
  /**
   * Secret of type `kubernetes.io/tls` with the certificate that the pooler logs in to PostgreSQL with. Its common name is
   * `cnpg_pooler_pgbouncer`. It is needed when the cluster's `clientCaSecret` has no `ca.key`, since nobody else can issue it.
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
   * Secret of type `kubernetes.io/tls` with the certificate that clients of the pooler see. It has to hold the pooler's host
   * names.
   *
   * @default - that of the cluster, which holds them when the cluster knows its `poolers`
   */
  clientTlsSecret?: pulumi.Input<string>;
  /**
   * Secret whose `ca.crt` the pooler verifies client certificates by.
   *
   * @default - that of the cluster
   */
  clientCaSecret?: pulumi.Input<string>;
}

/** Arguments of PostgresPooler. */
export interface PostgresPoolerArgs {
  /** Namespace of the cluster, and so of the pooler. A change replaces the pooler: its clients lose their connections. */
  namespace: pulumi.Input<string>;

  /** Name of the cluster. A change replaces the pooler, as CloudNativePG does not let it change. */
  cluster: pulumi.Input<string>;

  /**
   * When a server connection goes back to the pool. It has no default, because either one is wrong for somebody without
   * a word: session mode lets all clients beyond the pool wait, transaction mode loses session state. A change restarts
   * the pods one by one.
   */
  poolMode: PoolMode;

  /**
   * `max_connections` of the cluster, from which all sizes follow: `cluster.maxConnections`. A change restarts the pods
   * one by one.
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
   * Which instances of the cluster the pooler leads to.
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
   * How many pairs of database and user connect through this pooler. Each has a pool of its own in each pod.
   *
   * @default 1
   */
  databases?: number;

  /**
   * Connections that are left to others: PostgreSQL keeps 3 for superusers; the operator, the metrics exporter, backups,
   * migrations and people need some. Replicas need none of them, they have `max_wal_senders`.
   *
   * @default 13, which is 3 and 10
   */
  reservedConnections?: number;

  /**
   * PgBouncer settings that CloudNativePG lets be set, over those that this component derives. Sizes that could exceed
   * the cluster's connections are refused. A change restarts the pods one by one.
   *
   * @default - sizes from `maxConnections`, TLS for clients, retries and timeouts that survive a failover
   * @see https://www.pgbouncer.org/config.html
   */
  parameters?: Record<string, string>;

  /**
   * Memory and CPU of each pod, requests and limits in one. PgBouncer itself uses one core at most. A change restarts the
   * pods one by one.
   *
   * @default - 250m and 256Mi
   */
  resources?: PodResources;

  /**
   * Image of PgBouncer, with a fixed tag. A change restarts the pods one by one.
   *
   * @default - PgBouncer 1.25.2 by digest, what CloudNativePG 1.30.1 was built with
   */
  image?: string;

  /**
   * Registries that stand in for the public ones; here it is about the image, unless `image` says where it is. A change
   * restarts the pods one by one.
   *
   * @default - the public ones
   */
  mirror?: Mirror;

  /**
   * Where the pods run.
   *
   * @default - one pod a host, spread over zones, both required
   */
  placement?: PoolerPlacementArgs;

  /**
   * Who may connect to the pooler.
   *
   * @default - the namespace's pods to PgBouncer, everybody to the metrics
   */
  networkPolicy?: PoolerNetworkPolicyArgs;

  /**
   * Certificates of its own.
   *
   * @default - those of the cluster
   */
  certificates?: PoolerCertificatesArgs;

  /**
   * Metrics and alerts: `{}` for the defaults. They need the Prometheus operator's definitions (PrometheusStack installs
   * them).
   *
   * @default - none
   */
  monitoring?: PoolerMonitoringArgs;

  /**
   * Labels for all objects, and for the pods that the operator makes of them.
   *
   * @default - none but the recommended ones
   */
  labels?: Record<string, string>;
}
