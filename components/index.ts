export {
  ImagePullPolicy,
  type CloudNativePgOperatorArgs,
  type OperatorImage,
} from "./operators/cloudnative-pg/args";
export { CloudNativePgOperator } from "./operators/cloudnative-pg/cloudnative-pg";
export type { Mirror } from "./operators/release/args";
export type { OperatorArgs } from "./operators/release/args";
export type { OperatorChart } from "./operators/release/args";
export { type BarmanCloudPluginArgs } from "./operators/barman-cloud-plugin/args";
export { BarmanCloudPlugin } from "./operators/barman-cloud-plugin/barman-cloud-plugin";
export { type CertManagerArgs } from "./operators/cert-manager/args";
export { CertManager } from "./operators/cert-manager/cert-manager";
export { type SealedSecretsControllerArgs } from "./operators/sealed-secrets-controller/args";
export { SealedSecretsController } from "./operators/sealed-secrets-controller/sealed-secrets-controller";
export type { SealingKeyArgs } from "./operators/sealed-secrets-controller/args";
export { ContainerRuntime, type ChaosMeshArgs } from "./operators/chaos-mesh/args";
export { ChaosMesh } from "./operators/chaos-mesh/chaos-mesh";
export { PrimaryFault, type PrimaryChaosArgs } from "./chaos/primary-chaos/args";
export { PrimaryChaos } from "./chaos/primary-chaos/primary-chaos";
export { IngressServiceType } from "./operators/traefik/args";
export { PrometheusStack } from "./operators/prometheus-stack/prometheus-stack";
export type {
  AlertmanagerArgs,
  GrafanaAdminSecretArgs,
  GrafanaArgs,
  MonitoringStorageArgs,
  PrometheusArgs,
  PrometheusStackArgs,
} from "./operators/prometheus-stack/args";
export { type RookCephOperatorArgs } from "./operators/rook-ceph-operator/args";
export { RookCephOperator } from "./operators/rook-ceph-operator/rook-ceph-operator";
export { type TraefikArgs } from "./operators/traefik/args";
export { Traefik } from "./operators/traefik/traefik";
export { AlertSeverity, ClusterAlert, PoolerAlert, WatchAlert } from "./monitoring/args/alerts";
export { ClusterMonitoring } from "./monitoring/cluster-monitoring/cluster-monitoring";
export type {
  ClusterMonitoringArgs,
  MonitoredBackupArgs,
  MonitoredReplicaArgs,
} from "./monitoring/cluster-monitoring/args";
export type {
  AlertPercentages,
  ClusterAlertsArgs,
  MonitoringArgs,
  PoolerAlertsArgs,
  PoolerMonitoringArgs,
  WatchAlertsArgs,
  WatchMonitoringArgs,
} from "./monitoring/args";
export { Platform } from "./platform/platform";
export type { PlatformArgs } from "./platform/args";
export type { KeyReferenceArgs } from "./kubernetes/key-reference";
export type { PodResources, ResourceLimits } from "./kubernetes/pod-resources";
export {
  BackupCompression,
  BackupEncryption,
  BackupMethod,
  BackupTarget,
  type ClusterBackupArgs,
} from "./backup/args";
export type { SidecarResources } from "./backup/args/sidecar";
export { BackupBucket } from "./backup/bucket/backup-bucket";
export {
  GlacierClass,
  ObjectLockMode,
  type BackupBucketArgs,
  type BackupBucketGlacierArgs,
  type BackupBucketLockArgs,
  type BackupBucketRoleArgs,
  type BackupBucketServiceAccountsArgs,
  type BackupBucketUserArgs,
} from "./backup/bucket/args";
export type { AzureLogin, BackupStore, GoogleLogin, SecretKey } from "./backup/args/store";
export { OnDemandBackup } from "./backup/on-demand-backup/on-demand-backup";
export type { OnDemandBackupArgs } from "./backup/on-demand-backup/args";
export { S3CompatibleStore } from "./backup/s3-compatible-store/s3-compatible-store";
export {
  StoreChecksums,
  type S3CompatibleStoreArgs,
  type StoreCredentialsArgs,
  type StoreCredentialsSecretArgs,
} from "./backup/s3-compatible-store/args";
export {
  CatalogKind,
  type CatalogImageArgs,
  type CatalogReferenceArgs,
  type ClusterCatalogArgs,
  type ClusterImageCatalogArgs,
  type ExtensionImageArgs,
  type ImageCatalogArgs,
  type PoolerCatalogArgs,
} from "./postgres/image-catalog/args";
export { ClusterImageCatalog } from "./postgres/image-catalog/cluster-image-catalog";
export { ImageCatalog } from "./postgres/image-catalog/image-catalog";
export { PostgresCluster } from "./postgres/cluster/cluster";
export type { PostgresClusterArgs } from "./postgres/cluster/args";
export type { ClusterCertificatesArgs } from "./postgres/cluster/args/certificates";
export type { ClusterArgs } from "./postgres/cluster/args/common";
export {
  LocaleProvider,
  type ClusterDatabaseArgs,
  type ClusterExtraDatabaseArgs,
} from "./postgres/cluster/args/database";
export type { ClusterCronJobArgs } from "./postgres/cluster/args/extensions";
export {
  SqlDatabase,
  SqlRole,
  type ClusterExtensionOptions,
  type ClusterSqlArgs,
} from "./postgres/cluster/args/sql";
export type {
  ClusterEnvArgs,
  ClusterEphemeralVolumesArgs,
  ClusterFileArgs,
  ClusterTablespaceArgs,
} from "./postgres/cluster/args/contents";
export {
  HugePageSize,
  type ClusterHugePagesArgs,
  type ClusterResourcesArgs,
} from "./postgres/cluster/args/resources";
export type { PoolerResources } from "./postgres/pooler/args";
export type { ClusterSpecPart, PoolerSpecPart } from "./postgres/overrides/parts";
export {
  Spread,
  type ClusterNetworkPolicyArgs,
  type ClusterPlacementArgs,
  type ClusterStorageArgs,
  type RemoteReplicaClusterArgs,
} from "./postgres/cluster/args/pods";
export {
  SequencePrivilege,
  TableAccess,
  TablePrivilege,
  type RoleGrantArgs,
} from "./postgres/cluster/args/grant";
export { RolePassword, type ClusterRoleArgs } from "./postgres/cluster/args/role";
export {
  DataDurability,
  SynchronousMethod,
  type ClusterSynchronousArgs,
} from "./postgres/cluster/args/synchronous";
export {
  ExposedInstances,
  ExposedServiceType,
  type ClusterExposedArgs,
  type ExposedEndpoint,
  type PoolerExposedArgs,
} from "./postgres/exposure/args";
export { PostgresImage } from "./postgres/image/postgres-image";
export {
  ImagePlatform,
  type ImageRegistryArgs,
  type PostgresImageArgs,
} from "./postgres/image/args";
export { DatabaseAlias } from "./postgres/alias/database-alias";
export type { DatabaseAliasArgs } from "./postgres/alias/args";
export { LogicalBackup } from "./postgres/logical-backup/logical-backup";
export type { DumpVolumeArgs, LogicalBackupArgs } from "./postgres/logical-backup/args";
export {
  LogicalBackupAlert,
  type LogicalBackupMonitoringArgs,
} from "./monitoring/args/logical-backup";
export { PostgresPooler } from "./postgres/pooler/pooler";
export {
  PoolerType,
  PoolMode,
  type PoolerCertificatesArgs,
  type PoolerConnections,
  type PoolerCredentials,
  type PoolerNetworkPolicyArgs,
  type PoolerPlacementArgs,
  type PostgresPoolerArgs,
} from "./postgres/pooler/args";
export type {
  RecoveredDatabaseArgs,
  RecoveryClusterArgs,
  RecoverySnapshotsArgs,
  RecoverySourceArgs,
  RecoveryTargetArgs,
  SourceParametersArgs,
} from "./postgres/recovery/args";
export { RecoveryCluster } from "./postgres/recovery/recovery-cluster";
export {
  ImportMethod,
  ImportSslMode,
  type ImportContentArgs,
  type ImportedClusterArgs,
  type ImportedDatabaseArgs,
  type ImportServerArgs,
} from "./postgres/import/args";
export { ImportedCluster } from "./postgres/import/imported-cluster";
export type { ClusterReplicaArgs, ClusterReplicaSourceArgs } from "./postgres/cluster/args/replica";
export type { ReplicaClusterArgs, ReplicaConnectionArgs } from "./postgres/replica/args";
export { ReplicaCluster } from "./postgres/replica/replica-cluster";
export { RtoPreset } from "./postgres/cluster/args/rto";
export { CertificateAuthority } from "./security/certificate-authority/certificate-authority";
export type {
  CertificateAuthorityArgs,
  CertManagerIssuerArgs,
  ExistingAuthorityArgs,
  IntermediateAuthorityArgs,
} from "./security/certificate-authority/args";
export {
  CertificateIssuer,
  CertificateUsage,
  IssuerKind,
  type CertificateSigner,
} from "./security/args";
export { ClusterCertificates } from "./security/cluster-certificates/cluster-certificates";
export type { IssuedCertificatesArgs } from "./security/cluster-certificates/args";
export { LeafCertificate } from "./security/leaf-certificate/leaf-certificate";
export type { LeafCertificateArgs } from "./security/leaf-certificate/args";
export { SealedSecret } from "./security/sealed-secret/sealed-secret";
export { SealedSecretScope, type SealedSecretArgs } from "./security/sealed-secret/args";
export type { PrimaryWatchArgs } from "./postgres/watch/args";
export { PrimaryWatch } from "./postgres/watch/primary-watch";
export { DatabaseAccess } from "./access/database-access/database-access";
export {
  AccessSubjectKind,
  type AccessSubjectArgs,
  type DatabaseAccessArgs,
} from "./access/database-access/args";
export { RookCeph } from "./storage/rook-ceph/rook-ceph";
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
} from "./storage/rook-ceph/args";
