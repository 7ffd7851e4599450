import type { AnyRule } from "../../engine/rule";
import { accessNamed } from "./access-named";
import { catalogImages } from "./catalog-images";
import { clusterImage } from "./cluster-image";
import { clusterNetworkPolicy } from "./exposure/cluster-network-policy";
import { clusterPasswords } from "./cluster-passwords";
import { clusterServices } from "./exposure/cluster-services";
import { databaseService } from "./exposure/database-service";
import { externalClusterEncrypted } from "./external-cluster-encrypted";
import { hbaEncrypted } from "./hba-encrypted";
import { networkPolicyCallers } from "./exposure/network-policy-callers";
import { networkPolicySources } from "./exposure/network-policy-sources";
import { parametersAllowed } from "./parameters-allowed";
import { pgadminLogin } from "./pgadmin-login";
import { poolerAdministrator } from "./pooler-administrator";
import { poolerAuthentication } from "./pooler-authentication";
import { poolerEncrypted } from "./pooler-encrypted";
import { poolerImage } from "./pooler-image";
import { poolerNetworkPolicy } from "./exposure/pooler-network-policy";
import { poolerPods } from "./exposure/pooler-pods";
import { poolerService } from "./exposure/pooler-service";
import { privilegedRoles } from "./privileged-roles";
import { releasePasswords } from "./release-passwords";
import { secretEncrypted } from "./secret-encrypted";
import { superuserAccess } from "./superuser-access";
import { validationEnabled } from "./validation-enabled";
import { weakPasswords } from "./weak-passwords";

export const securityRules: readonly AnyRule[] = [
  accessNamed,
  catalogImages,
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
