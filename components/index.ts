export {
  CloudNativePgOperator,
  ImagePullPolicy,
  type CloudNativePgOperatorArgs,
  type OperatorImage,
} from "./operators/cloudnative-pg";
export type { Mirror } from "./operators/mirror";
export type { OperatorArgs } from "./operators/operator-args";
export type { OperatorChart } from "./operators/operator-chart";
export type { PodResources } from "./pod-resources";
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
