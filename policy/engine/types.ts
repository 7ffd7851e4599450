/** Types of resources by their Pulumi names. */
export const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
export const POOLER = "kubernetes:postgresql.cnpg.io/v1:Pooler";
export const SCHEDULED_BACKUP = "kubernetes:postgresql.cnpg.io/v1:ScheduledBackup";
export const DATABASE = "kubernetes:postgresql.cnpg.io/v1:Database";
export const DATABASE_ROLE = "kubernetes:postgresql.cnpg.io/v1:DatabaseRole";
export const OBJECT_STORE = "kubernetes:barmancloud.cnpg.io/v1:ObjectStore";
export const IMAGE_CATALOGS = [
  "kubernetes:postgresql.cnpg.io/v1:ImageCatalog",
  "kubernetes:postgresql.cnpg.io/v1:ClusterImageCatalog",
];

/** The types that CloudNativePG's operator watches. */
export const WATCHED = [
  CLUSTER,
  POOLER,
  SCHEDULED_BACKUP,
  DATABASE,
  DATABASE_ROLE,
  "kubernetes:postgresql.cnpg.io/v1:Backup",
  "kubernetes:postgresql.cnpg.io/v1:Publication",
  "kubernetes:postgresql.cnpg.io/v1:Subscription",
  ...IMAGE_CATALOGS,
];

export const RELEASE = "kubernetes:helm.sh/v3:Release";
export const CHARTS = ["kubernetes:helm.sh/v3:Chart", "kubernetes:helm.sh/v4:Chart"];
export const NAMESPACE = "kubernetes:core/v1:Namespace";
export const DEFINITION = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";
export const ROLE_BINDING = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
export const SECRET = "kubernetes:core/v1:Secret";
export const SERVICE = "kubernetes:core/v1:Service";
export const STORAGE_CLASS = "kubernetes:storage.k8s.io/v1:StorageClass";
export const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
export const DISRUPTION_BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
export const POD_MONITOR = "kubernetes:monitoring.coreos.com/v1:PodMonitor";
export const PROMETHEUS_RULE = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";
export const CEPH_BLOCK_POOL = "kubernetes:ceph.rook.io/v1:CephBlockPool";

export const CERTIFICATE = "kubernetes:cert-manager.io/v1:Certificate";
export const ISSUERS = [
  "kubernetes:cert-manager.io/v1:Issuer",
  "kubernetes:cert-manager.io/v1:ClusterIssuer",
];
export const SELF_SIGNED = "tls:index/selfSignedCert:SelfSignedCert";
export const LOCALLY_SIGNED = "tls:index/locallySignedCert:LocallySignedCert";

export const BUCKET = "aws:s3/bucket:Bucket";
export const BUCKET_ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const BUCKET_VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
export const BUCKET_ENCRYPTION =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

const CHAOS_KINDS = [
  "AWSChaos",
  "AzureChaos",
  "BlockChaos",
  "DNSChaos",
  "GCPChaos",
  "HTTPChaos",
  "IOChaos",
  "JVMChaos",
  "KernelChaos",
  "NetworkChaos",
  "PhysicalMachineChaos",
  "PodChaos",
  "StressChaos",
  "TimeChaos",
  "Schedule",
  "Workflow",
];

export const CHAOS = CHAOS_KINDS.map((kind) => `kubernetes:chaos-mesh.org/v1alpha1:${kind}`);
