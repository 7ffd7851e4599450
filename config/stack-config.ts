import type {
  BackupBucketArgs,
  BackupStore,
  CertificateAuthorityArgs,
  ClusterBackupArgs,
  ClusterCertificatesArgs,
  IssuedCertificatesArgs,
  Mirror,
  MonitoringArgs,
  PlatformArgs,
  PoolerMonitoringArgs,
  PostgresClusterArgs,
  PostgresPoolerArgs,
  RecoveryClusterArgs,
  RecoverySourceArgs,
  ReplicaClusterArgs,
  S3CompatibleStoreArgs,
} from "../components";

/** The configuration of a stack, under `ha-postgres:` in `Pulumi.<stack>.yaml`. */
export interface StackConfig {
  /**
   * Namespace of all databases. The program creates it.
   *
   * @default "databases"
   */
  namespace: string;
  /**
   * Registries that stand in for the public ones, for everything in the stack.
   *
   * @default - the public ones
   */
  mirror?: Mirror;
  /** The operators. @default - CloudNativePG alone, see PlatformArgs */
  platform: Omit<PlatformArgs, "mirror" | "postgresMajors">;
  /**
   * Where backups go. With it every database of the stack archives its WAL and is backed up every day, unless its own `backup`
   * says otherwise. It needs `platform.barmanCloudPlugin`.
   *
   * @default - nowhere: a database is backed up only to a `store` of its own
   */
  backups?: BackupsConfig;
  /**
   * Certificates of an authority of the stack's own, for every database, its poolers and its `certificateUsers`.
   *
   * @default - CloudNativePG issues its own, with an authority for each database
   */
  certificates?: CertificatesConfig;
  /**
   * Who else may connect, to every database and every pooler; each can say otherwise in its own `networkPolicy`.
   *
   * @default - the pods of the databases' namespace alone
   */
  networkPolicy?: NetworkPolicyConfig;
  /** Clusters by name. */
  clusters: Record<string, ClusterConfig>;
  /** Clusters that are recovered from backups, by name. @default - none */
  recoveries: Record<string, RecoveryConfig>;
  /** Standing replicas of other clusters, by name. @default - none */
  replicas: Record<string, ReplicaConfig>;
  /** Poolers by name. @default - none */
  poolers: Record<string, PoolerConfig>;
}

/** Where backups go: one of the two. */
export interface BackupsConfig {
  /** A bucket of AWS S3, which the program creates in the account and the `aws:region` of the stack. @default - none */
  awsS3?: AwsS3Config;
  /** A bucket of another S3 service, which must exist. @default - none */
  s3Compatible?: S3CompatibleConfig;
}

/** A BackupBucket; its namespace and who uses it come from the stack. */
export type AwsS3Config = Omit<BackupBucketArgs, "retentionDays" | "role" | "user"> & {
  /**
   * Days that a database can be recovered back to.
   *
   * @default - the longest `backup.retention` of the databases
   */
  retentionDays?: number;
  /**
   * A role for the service accounts of all databases that use the bucket, on EKS. Either this, or `user`.
   *
   * @default - none: permissions are given elsewhere
   */
  role?: { oidcProviderArn: string };
  /**
   * A user with an access key, on other clusters. Either this, or `role`.
   *
   * @default - none: permissions are given elsewhere
   */
  user?: { secretName?: string };
};

/**
 * An S3CompatibleStore. An access key is one of `credentialsSecret`, a Secret of the namespace that somebody else writes, and
 * `credentials`, whose secret part is refused in plain text:
 * `pulumi config set --secret --path ha-postgres:backups.s3Compatible.credentials.secretAccessKey`.
 */
export type S3CompatibleConfig = Omit<S3CompatibleStoreArgs, "namespace">;

/**
 * The stack's own authority, and what it issues. A database that was created without it and has had no pooler yet has to be
 * prepared for one by hand: see `serverTlsSecret` of PoolerCertificatesArgs.
 */
export type CertificatesConfig = Pick<
  IssuedCertificatesArgs,
  "issuer" | "validityDays" | "renewBeforeDays" | "clusterDomain"
> & {
  /**
   * The authority. Its `existing.privateKey` is refused in plain text:
   * `pulumi config set --secret --path ha-postgres:certificates.authority.existing.privateKey`.
   *
   * @default - a root of ten years, made here
   */
  authority?: CertificateAuthorityArgs;
};

/** Who may connect to what is in the stack. */
export interface NetworkPolicyConfig {
  /**
   * Namespaces of applications: all of their pods may connect to PostgreSQL and PgBouncer, port 5432. One database or pooler
   * says otherwise by `networkPolicy.namespaces` of its own, `[]` for none.
   *
   * @default - none
   */
  namespaces?: string[];
}

/** What every database takes from the stack, and can have otherwise. */
interface FromStack {
  /**
   * When and how it is backed up; `false` for not at all. `store` is where, in the place of the stack's `backups`.
   *
   * @default - every day to the stack's `backups`, if there are any
   */
  backup?: (Omit<ClusterBackupArgs, "store"> & { store?: BackupStore }) | false;
  /**
   * Further names for the certificate that the stack's authority issues; Secrets with certificates of another authority; or
   * `false`, for those that CloudNativePG issues.
   *
   * @default - of the stack's authority, if there is one
   */
  certificates?: CertificateNames | false;
  /**
   * How it is monitored; `false` for not at all.
   *
   * @default - with all defaults where there is a `platform.prometheusStack`, and otherwise not
   */
  monitoring?: MonitoringArgs | false;
}

/** Certificates of one database. */
export type CertificateNames = ClusterCertificatesArgs &
  Pick<IssuedCertificatesArgs, "externalNames" | "additionalServices">;

/** What no stack declares of a single database, as the program gives it. */
type Given = "namespace" | "poolers" | "mirror" | keyof FromStack;

/** A cluster as the stack declares it. */
export type ClusterConfig = Omit<PostgresClusterArgs, Given> & FromStack;

/** Which archive a cluster comes from: that of a cluster of the stack, or one of a name. */
export type SourceConfig = Omit<RecoverySourceArgs, "store" | "serverName"> & {
  /** Key of the cluster in `clusters`. Either this, or `serverName`. */
  cluster?: string;
  /**
   * Name of the archive: what `clusterEndpoints` told as `backupServerName`, or the folder in the bucket. Either this, or
   * `cluster`.
   */
  serverName?: string;
  /**
   * The store that the archive is in.
   *
   * @default - the stack's `backups`
   */
  store?: BackupStore;
};

/** Where a cluster comes from, and what it is like. */
interface FromArchive {
  source: SourceConfig;
  /**
   * Database and owner, which the source has.
   *
   * @default - those of `source.cluster`; with `source.serverName` there is no telling
   */
  database?: Partial<RecoveryClusterArgs["database"]>;
  /** @default - that of `source.cluster`, as `walStorage`, `resources`, `parameters`, `version`, `image`, `nodes` and `placement` */
  storage?: RecoveryClusterArgs["storage"];
}

/** A RecoveryCluster as the stack declares it. */
export type RecoveryConfig = Omit<RecoveryClusterArgs, Given | keyof FromArchive> &
  FromStack &
  FromArchive;

/** A ReplicaCluster as the stack declares it. */
export type ReplicaConfig = Omit<ReplicaClusterArgs, Given | "connection" | keyof FromArchive> &
  FromStack &
  FromArchive & {
    /**
     * How it streams from its source; `false` for the archive alone.
     *
     * @default - from `source.cluster` with the certificate of its replicas; with `source.serverName` the archive alone
     */
    connection?: ReplicaClusterArgs["connection"] | false;
  };

/** Any database of a stack. */
export type DatabaseConfig = ClusterConfig | RecoveryConfig | ReplicaConfig;

/** A pooler as the stack declares it; what depends on its database comes from that. */
export type PoolerConfig = Omit<
  PostgresPoolerArgs,
  "namespace" | "cluster" | "maxConnections" | "totalInstances" | "mirror" | "monitoring"
> & {
  /** Key of the database in `clusters`, `recoveries` or `replicas`. */
  cluster: string;
  /**
   * How it is monitored; `false` for not at all.
   *
   * @default - with all defaults where there is a `platform.prometheusStack`, and otherwise not
   */
  monitoring?: PoolerMonitoringArgs | false;
};

/** A database with its key, as the stack declares it. */
export type Declared =
  | { kind: "clusters"; key: string; config: ClusterConfig }
  | { kind: "recoveries"; key: string; config: RecoveryConfig }
  | { kind: "replicas"; key: string; config: ReplicaConfig };

/** All databases of a stack. */
export function databasesOf(stack: StackConfig): Declared[] {
  return [
    ...Object.entries(stack.clusters).map(([key, config]): Declared => ({
      kind: "clusters",
      key,
      config,
    })),
    ...Object.entries(stack.recoveries).map(([key, config]): Declared => ({
      kind: "recoveries",
      key,
      config,
    })),
    ...Object.entries(stack.replicas).map(([key, config]): Declared => ({
      kind: "replicas",
      key,
      config,
    })),
  ];
}

/** Name of the Cluster object. */
export function clusterName({ key, config }: Declared): string {
  return config.clusterName ?? key;
}
