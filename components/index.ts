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
export { Platform } from "./platform/platform";
export type { PlatformArgs } from "./platform/platform-args";
export type { PodResources } from "./pod-resources";
export type { BackupStore, SecretKey } from "./backup/backup-store";
export { PostgresCluster } from "./postgres/cluster";
export type { PostgresClusterArgs } from "./postgres/cluster-args";
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
  type PoolerNetworkPolicyArgs,
  type PoolerPlacementArgs,
  type PostgresPoolerArgs,
} from "./postgres/pooler-args";
export { RtoPreset } from "./postgres/rto";
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
