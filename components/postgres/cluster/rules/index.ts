import { annotationsFree } from "../../../formats/annotations";
import { archivesApart } from "./backup/archives-apart";
import { backupSnapshotClass } from "./backup/snapshot-class";
import { backupTags } from "./backup/tags";
import { certificateUsers } from "./access/certificate-users";
import { certificatesComplete } from "./access/certificates-complete";
import { clusterImages } from "./extensions/images";
import { clusterNameFits } from "../../../formats/cluster-name";
import { clusterExposedRules } from "../../exposure/rules";
import { clusterPart } from "../../overrides/rules/cluster-part";
import { cronJobs } from "./extensions/cron";
import { clusterReplica } from "./cluster-replica";
import { databasesDistinct } from "./database/databases-distinct";
import { droppedSql } from "./extensions/dropped-sql";
import { envVariables } from "./contents/env-variables";
import { extensionOptions } from "./database/extension-options";
import { extensionsLoad } from "./parameters/extensions-load";
import { failoverQuorum } from "./synchronous/failover-quorum";
import { failoverSlots } from "./extensions/failover-slots";
import { filesApart } from "./contents/files-apart";
import { hbaOneLine } from "./access/hba-one-line";
import { hbaTlsOnly } from "./access/hba-tls-only";
import { imagePinned } from "./image-pinned";
import { initdbLocale } from "./database/initdb-locale";
import { instancesFitNodes } from "./instances-fit-nodes";
import { labelsFree } from "../../../formats/labels";
import { librariesLoad } from "./extensions/libraries";
import { limitsAbove } from "./contents/limits-above";
import { localeKnown } from "./database/locale-known";
import { monitoringBackups } from "../../../monitoring/rules/backups";
import { monitoringLabels } from "./monitoring-labels";
import { parametersAllowed } from "./parameters/allowed";
import { parametersFitMemory } from "./parameters/fit-memory";
import { parametersKnown } from "./parameters/known";
import { parametersStart } from "./parameters/start";
import { recoveryTarget } from "./recovery-target";
import { replicaPromotion } from "./replica-promotion";
import { roleGrants } from "./roles/grants";
import { roleMembers } from "./roles/members";
import { roleObjects } from "./roles/objects";
import { rolePasswords } from "./roles/passwords";
import { rolesDistinct } from "./database/roles-distinct";
import { schemaPasswords } from "./database/schema-passwords";
import { schemaRuns } from "./database/schema-runs";
import { sourceCapacity } from "./parameters/source-capacity";
import { sqlSources } from "./database/sql-sources";
import { storeRules } from "./backup/of-store";
import { storeFeatures } from "./backup/store-features";
import { storeRoles } from "./backup/store-roles";
import { synchronousNumber } from "./synchronous/number";
import { synchronousSurvivesLoss } from "./synchronous/survives-loss";
import { tablespacesDistinct } from "./contents/tablespaces-distinct";
import { timeZoneOnce } from "./contents/time-zone-once";
import { tolerationsOfPreset } from "./tolerations-of-preset";
import { versionOffered } from "./version-offered";
import { walFitsVolume } from "./parameters/wal-fits-volume";
import { workMemoryFits } from "./parameters/work-memory-fits";

/**
 * The rules for every PostgresCluster, RecoveryCluster, ReplicaCluster and ImportedCluster. Each rule reads the fields it names, as the
 * component's arguments name them.
 */
export const clusterRules = [
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
  librariesLoad,
  droppedSql,
  failoverSlots,
  cronJobs,
  clusterImages,
  databasesDistinct,
  rolesDistinct,
  roleMembers,
  rolePasswords,
  roleObjects,
  roleGrants,
  localeKnown,
  initdbLocale,
  schemaRuns,
  schemaPasswords,
  sqlSources,
  extensionOptions,
  tolerationsOfPreset,
  labelsFree,
  annotationsFree,
  envVariables,
  filesApart,
  timeZoneOnce,
  limitsAbove,
  tablespacesDistinct,
  clusterPart,
  certificatesComplete,
  certificateUsers,
  ...clusterExposedRules,
  ...storeRules,
  storeRoles,
  storeFeatures,
  backupSnapshotClass,
  backupTags,
  archivesApart,
  recoveryTarget,
  replicaPromotion,
  clusterReplica,
  monitoringLabels,
  monitoringBackups,
];
