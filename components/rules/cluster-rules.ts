import { archivesApart } from "./archives-apart";
import { backupSnapshotClass } from "./backup-snapshot-class";
import { backupTags } from "./backup-tags";
import { certificateUsers } from "./certificate-users";
import { certificatesComplete } from "./certificates-complete";
import { clusterNameFits } from "./cluster-name";
import { databasesDistinct } from "./databases-distinct";
import { extensionsLoad } from "./extensions-load";
import { failoverQuorum } from "./failover-quorum";
import { hbaOneLine } from "./hba-one-line";
import { hbaTlsOnly } from "./hba-tls-only";
import { imagePinned } from "./image-pinned";
import { initdbLocale } from "./initdb-locale";
import { instancesFitNodes } from "./instances-fit-nodes";
import { labelsFree } from "./labels-free";
import { localeKnown } from "./locale-known";
import { monitoringBackups } from "./monitoring-backups";
import { monitoringLabels } from "./monitoring-labels";
import { parametersAllowed } from "./parameters-allowed";
import { parametersFitMemory } from "./parameters-fit-memory";
import { parametersKnown } from "./parameters-known";
import { parametersStart } from "./parameters-start";
import { recoveryTarget } from "./recovery-target";
import { replicaPromotion } from "./replica-promotion";
import { rolesDistinct } from "./roles-distinct";
import type { Rule } from "./rule";
import { schemaPasswords } from "./schema-passwords";
import { schemaRuns } from "./schema-runs";
import { sourceCapacity } from "./source-capacity";
import { storeCredentials } from "./store-credentials";
import { storeEndpointCa } from "./store-endpoint-ca";
import { storeEnvironment } from "./store-environment";
import { storeRoles } from "./store-roles";
import { synchronousNumber } from "./synchronous-number";
import { synchronousSurvivesLoss } from "./synchronous-survives-loss";
import { tolerationsOfPreset } from "./tolerations-of-preset";
import { versionOffered } from "./version-offered";
import { walFitsVolume } from "./wal-fits-volume";
import { workMemoryFits } from "./work-memory-fits";

/** What every PostgresCluster, RecoveryCluster and ReplicaCluster is held to. Each rule reads the fields it names, as the component's arguments name them. */
export const clusterRules: readonly Rule[] = [
  clusterNameFits,
  instancesFitNodes,
  synchronousNumber,
  synchronousSurvivesLoss,
  failoverQuorum,
  versionOffered,
  imagePinned,
  parametersAllowed,
  parametersFitMemory,
  workMemoryFits,
  sourceCapacity,
  walFitsVolume,
  parametersStart,
  parametersKnown,
  hbaTlsOnly,
  hbaOneLine,
  extensionsLoad,
  databasesDistinct,
  rolesDistinct,
  localeKnown,
  initdbLocale,
  schemaRuns,
  schemaPasswords,
  tolerationsOfPreset,
  labelsFree,
  certificatesComplete,
  certificateUsers,
  storeCredentials,
  storeEndpointCa,
  storeEnvironment,
  storeRoles,
  backupSnapshotClass,
  backupTags,
  archivesApart,
  recoveryTarget,
  replicaPromotion,
  monitoringLabels,
  monitoringBackups,
];
