import { rule } from "../../../contract/rule";
import { partViolations, type Owned } from "./owned";

/**
 * What arguments set in a Cluster. A test compares it with what they set.
 */
export const OWNED_BY_CLUSTER: Owned = {
  "affinity.enablePodAntiAffinity": "placement.hostSpread",
  "affinity.nodeSelector": "placement.nodeSelector",
  "affinity.podAntiAffinityType": "placement.hostSpread",
  "affinity.tolerations": "placement.tolerations",
  "affinity.topologyKey": "placement.hostSpread",
  backup: "backup",
  bootstrap: "database",
  certificates: "certificates",
  description: "",
  enablePDB: "instances",
  enableSuperuserAccess: "superuserAccess",
  env: "env",
  ephemeralVolumesSizeLimit: "ephemeralVolumesSizeLimit",
  externalClusters: "",
  failoverDelay: "rto",
  imageCatalogRef: "imageCatalog",
  imageName: "image",
  imagePullSecrets: "imagePullSecrets",
  "inheritedMetadata.annotations": "annotations",
  "inheritedMetadata.labels": "labels",
  instances: "instances",
  livenessProbeTimeout: "rto",
  "managed.roles": "roles",
  maxSyncReplicas: "synchronous",
  minSyncReplicas: "synchronous",
  "monitoring.enablePodMonitor": "monitoring",
  plugins: "backup",
  "postgresql.parameters": "parameters",
  "postgresql.extensions": "extensionImages",
  "postgresql.pg_hba": "pgHba",
  "postgresql.shared_preload_libraries": "sharedPreloadLibraries",
  "postgresql.syncReplicaElectionConstraint": "synchronous",
  "postgresql.synchronous": "synchronous",
  primaryLease: "rto",
  primaryUpdateMethod: "rto",
  primaryUpdateStrategy: "rto",
  priorityClassName: "placement.priorityClassName",
  "probes.liveness": "rto",
  "probes.startup": "rto",
  projectedVolumeTemplate: "files",
  replica: "",
  resources: "resources",
  serviceAccountTemplate: "backup",
  smartShutdownTimeout: "rto",
  startDelay: "rto",
  stopDelay: "rto",
  storage: "storage",
  switchoverDelay: "rto",
  tablespaces: "tablespaces",
  topologySpreadConstraints: "placement.zoneSpread",
  walStorage: "walStorage",
};

export const clusterPart = rule({
  name: "cluster-part",
  why: "What is set twice is right in one place and wrong in the other, and rules judge the arguments.",
  *check({ spec }: { spec?: Record<string, unknown> }) {
    yield* partViolations(spec, OWNED_BY_CLUSTER);
  },
});
