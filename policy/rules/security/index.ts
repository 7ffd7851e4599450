import type { AnyRule } from "../../rule";
import { clusterImage } from "./cluster-image";
import { clusterNetworkPolicy } from "./cluster-network-policy";
import { clusterPasswords } from "./cluster-passwords";
import { clusterServices } from "./cluster-services";
import { databaseService } from "./database-service";
import { externalClusterEncrypted } from "./external-cluster-encrypted";
import { hbaEncrypted } from "./hba-encrypted";
import { networkPolicyCallers } from "./network-policy-callers";
import { networkPolicySources } from "./network-policy-sources";
import { parametersAllowed } from "./parameters-allowed";
import { pgadminLogin } from "./pgadmin-login";
import { poolerAdministrator } from "./pooler-administrator";
import { poolerAuthentication } from "./pooler-authentication";
import { poolerEncrypted } from "./pooler-encrypted";
import { poolerImage } from "./pooler-image";
import { poolerNetworkPolicy } from "./pooler-network-policy";
import { poolerPods } from "./pooler-pods";
import { poolerService } from "./pooler-service";
import { privilegedRoles } from "./privileged-roles";
import { releasePasswords } from "./release-passwords";
import { secretEncrypted } from "./secret-encrypted";
import { superuserAccess } from "./superuser-access";
import { validationEnabled } from "./validation-enabled";
import { weakPasswords } from "./weak-passwords";

export const securityRules: readonly AnyRule[] = [
  clusterImage,
  clusterNetworkPolicy,
  clusterPasswords,
  clusterServices,
  databaseService,
  externalClusterEncrypted,
  hbaEncrypted,
  networkPolicyCallers,
  networkPolicySources,
  parametersAllowed,
  pgadminLogin,
  poolerAdministrator,
  poolerAuthentication,
  poolerEncrypted,
  poolerImage,
  poolerNetworkPolicy,
  poolerPods,
  poolerService,
  privilegedRoles,
  releasePasswords,
  secretEncrypted,
  superuserAccess,
  validationEnabled,
  weakPasswords,
];
