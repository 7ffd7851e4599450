/** The way by which clients outside of Kubernetes reach a database. */
export const ExposedServiceType = {
  /** An address of its own, which the cloud or a controller such as MetalLB gives. */
  LoadBalancer: "LoadBalancer",
  /** A port of every node. Only nodes that run an instance or a pod of the pooler answer there. */
  NodePort: "NodePort",
} as const;

export type ExposedServiceType = (typeof ExposedServiceType)[keyof typeof ExposedServiceType];

/** The instances that an exposed Service leads to. */
export const ExposedInstances = {
  /** The primary. */
  ReadWrite: "rw",
  /** The replicas. */
  ReadOnly: "ro",
  /** Any instance. */
  Read: "r",
} as const;

export type ExposedInstances = (typeof ExposedInstances)[keyof typeof ExposedInstances];

/** A Service by which clients outside of Kubernetes reach a pooler, over TLS as all clients do. */
export interface PoolerExposedArgs {
  /**
   * Networks of the clients, in CIDR notation: `203.0.113.0/24`, `198.51.100.7/32`. The load balancer lets in these alone,
   * and so does the NetworkPolicy. The Service has `externalTrafficPolicy: Local`, so that pods see the client's own
   * address; a balancer that connects under its own must be told to keep the client's, or nobody gets in.
   *
   * @see https://kubernetes.io/docs/tutorials/services/source-ip/
   */
  sourceRanges: string[];
  /**
   * What gives clients an address. They have to follow a change.
   *
   * @default ExposedServiceType.LoadBalancer
   */
  serviceType?: ExposedServiceType;
  /**
   * Port that clients connect to: of the load balancer's address, or of each node, 30000 to 32767. A change interrupts no
   * connection inside of Kubernetes.
   *
   * @default - 5432 of a load balancer; of nodes one that Kubernetes chooses once
   */
  port?: number;
  /**
   * Annotations of the Service, by which most clouds configure their load balancers: an internal address, the check of
   * nodes, whether the client's address is kept.
   *
   * @default - none
   */
  annotations?: Record<string, string>;
  /**
   * The load balancer to use, if there are several: `service.k8s.aws/nlb`, `io.cilium/bgp-control-plane`. **A change
   * replaces the Service**, and its address.
   *
   * @default - the one of the Kubernetes cluster
   */
  loadBalancerClass?: string;
  /**
   * Names that clients connect to, as `sslmode=verify-full` compares them: point them to the address, in DNS. They are in the
   * server's certificate that CloudNativePG issues for the cluster, in a stack in that of its authority, too.
   *
   * @default - none: clients can verify the authority (`verify-ca`), but not the name
   */
  externalNames?: string[];
  /**
   * What the name of the Service ends in, after that of the pooler or cluster and a dash; at most 12 characters. **A change
   * replaces the Service**, and its address.
   *
   * @default - "exposed", of a cluster with its `type`: "exposed-rw"
   */
  name?: string;
}

/** A Service by which clients outside of Kubernetes reach instances, over TLS as all clients do. */
export interface ClusterExposedArgs extends PoolerExposedArgs {
  /**
   * The instances that it leads to. After a failover it leads to the new primary.
   *
   * @default ExposedInstances.ReadWrite
   */
  type?: ExposedInstances;
}

/** Where clients outside of Kubernetes reach a cluster or a pooler. */
export interface ExposedEndpoint {
  /** Name of the Service. */
  service: string;
  /** Port that clients connect to. */
  port: number;
  /** Addresses, or host names, that the load balancer was given. None of a NodePort: use those of the nodes. */
  addresses: string[];
  /** Names in the server's certificate that are meant for it. */
  externalNames: string[];
}
