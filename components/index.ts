export {
  CloudNativePgOperator,
  ImagePullPolicy,
  type CloudNativePgOperatorArgs,
  type OperatorImage,
} from "./operators/cloudnative-pg";
export type { Mirror } from "./operators/mirror";
export type { OperatorArgs } from "./operators/operator-args";
export type { OperatorChart } from "./operators/operator-chart";
export { BarmanCloudPlugin, type BarmanCloudPluginArgs } from "./operators/barman-cloud-plugin";
export { CertManager, type CertManagerArgs } from "./operators/cert-manager";
export {
  SealedSecretsController,
  type SealedSecretsControllerArgs,
} from "./operators/sealed-secrets-controller";
export type { SealingKeyArgs } from "./operators/sealing-key";
export { ChaosMesh, ContainerRuntime, type ChaosMeshArgs } from "./operators/chaos-mesh";
export { IngressServiceType, type IngressArgs } from "./operators/ingress-args";
// eslint-disable-next-line @typescript-eslint/no-deprecated -- For whoever has not moved away yet.
export { IngressNginx, type IngressNginxArgs } from "./operators/ingress-nginx";
export { PrometheusStack } from "./operators/prometheus-stack";
export type {
  AlertmanagerArgs,
  GrafanaAdminSecretArgs,
  GrafanaArgs,
  MonitoringStorageArgs,
  PrometheusArgs,
  PrometheusStackArgs,
} from "./operators/prometheus-stack-args";
export { RookCephOperator, type RookCephOperatorArgs } from "./operators/rook-ceph-operator";
export { Traefik, type TraefikArgs } from "./operators/traefik";
export { AlertSeverity, ClusterAlert, PoolerAlert } from "./monitoring/alert-names";
export { ClusterMonitoring } from "./monitoring/cluster-monitoring";
export type {
  ClusterMonitoringArgs,
  MonitoredBackupArgs,
  MonitoredReplicaArgs,
} from "./monitoring/cluster-monitoring-args";
export type {
  AlertPercentages,
  ClusterAlertsArgs,
  MonitoringArgs,
  PoolerAlertsArgs,
  PoolerMonitoringArgs,
} from "./monitoring/monitoring-args";
export { Platform } from "./platform/platform";
export type { PlatformArgs } from "./platform/platform-args";
export type { PodResources } from "./pod-resources";
export {
  BackupCompression,
  BackupEncryption,
  BackupMethod,
  BackupTarget,
  type ClusterBackupArgs,
} from "./backup/backup-args";
export { BackupBucket } from "./backup/backup-bucket";
export {
  GlacierClass,
  ObjectLockMode,
  type BackupBucketArgs,
  type BackupBucketGlacierArgs,
  type BackupBucketLockArgs,
  type BackupBucketRoleArgs,
  type BackupBucketUserArgs,
} from "./backup/backup-bucket-args";
export type { BackupStore, SecretKey } from "./backup/backup-store";
export { OnDemandBackup } from "./backup/on-demand-backup";
export type { OnDemandBackupArgs } from "./backup/on-demand-backup-args";
export { S3CompatibleStore } from "./backup/s3-compatible-store";
export {
  StoreChecksums,
  type S3CompatibleStoreArgs,
  type StoreCredentialsArgs,
  type StoreCredentialsSecretArgs,
} from "./backup/s3-compatible-store-args";
export { PostgresCluster } from "./postgres/cluster";
export type { PostgresClusterArgs } from "./postgres/cluster-args";
export type { ClusterCertificatesArgs } from "./postgres/cluster-args-certificates";
export type { ClusterArgs } from "./postgres/cluster-args-common";
export {
  LocaleProvider,
  type ClusterDatabaseArgs,
  type ClusterExtraDatabaseArgs,
} from "./postgres/cluster-args-database";
export {
  Spread,
  type ClusterNetworkPolicyArgs,
  type ClusterPlacementArgs,
  type ClusterStorageArgs,
} from "./postgres/cluster-args-pods";
export type { ClusterRoleArgs } from "./postgres/cluster-args-role";
export {
  DataDurability,
  SynchronousMethod,
  type ClusterSynchronousArgs,
} from "./postgres/cluster-args-synchronous";
export { PostgresPooler } from "./postgres/pooler";
export {
  PoolerType,
  PoolMode,
  type PoolerCertificatesArgs,
  type PoolerNetworkPolicyArgs,
  type PoolerPlacementArgs,
  type PostgresPoolerArgs,
} from "./postgres/pooler-args";
export type {
  RecoveredDatabaseArgs,
  RecoveryClusterArgs,
  RecoverySnapshotsArgs,
  RecoverySourceArgs,
  RecoveryTargetArgs,
  SourceParametersArgs,
} from "./postgres/recovery-args";
export { RecoveryCluster } from "./postgres/recovery-cluster";
export type { ReplicaClusterArgs, ReplicaConnectionArgs } from "./postgres/replica-args";
export { ReplicaCluster } from "./postgres/replica-cluster";
export { RtoPreset } from "./postgres/rto";
export { CertificateAuthority } from "./security/certificate-authority";
export type {
  CertificateAuthorityArgs,
  CertManagerIssuerArgs,
  ExistingAuthorityArgs,
  IntermediateAuthorityArgs,
} from "./security/certificate-authority-args";
export {
  CertificateIssuer,
  CertificateUsage,
  IssuerKind,
  type CertificateSigner,
} from "./security/certificate-signer";
export { ClusterCertificates } from "./security/cluster-certificates";
export type { IssuedCertificatesArgs } from "./security/cluster-certificates-args";
export { LeafCertificate } from "./security/leaf-certificate";
export type { LeafCertificateArgs } from "./security/leaf-certificate-args";
export { SealedSecret } from "./security/sealed-secret";
export { SealedSecretScope, type SealedSecretArgs } from "./security/sealed-secret-args";
export { RookCeph } from "./storage/rook-ceph";
export {
  FailureDomain,
  Teardown,
  type RookCephArgs,
  type RookCephBlockPoolArgs,
  type RookCephDatabasePoolArgs,
  type RookCephFilesystemArgs,
  type RookCephNodeArgs,
  type RookCephResourcesArgs,
  type RookCephStorageArgs,
  type RookCephVolumeClaimsArgs,
} from "./storage/rook-ceph-args";
