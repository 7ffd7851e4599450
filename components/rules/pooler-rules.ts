import { labelsFree } from "./labels-free";
import { monitoringLabels } from "./monitoring-labels";
import { poolerEncryption } from "./pooler-encryption";
import { poolerName } from "./pooler-name";
import { poolerOvercommit } from "./pooler-overcommit";
import { poolerParameterNames } from "./pooler-parameter-names";
import { poolerParameterValues } from "./pooler-parameter-values";
import { poolerShare } from "./pooler-share";
import { poolerTotal } from "./pooler-total";
import type { Rule } from "./rule";

/** What every PostgresPooler is held to. */
export const poolerRules: readonly Rule[] = [
  poolerName,
  poolerTotal,
  poolerShare,
  poolerOvercommit,
  poolerParameterNames,
  // Of a value that is unsafe, or is two settings, this says so, and not that it is of another type.
  poolerEncryption,
  poolerParameterValues,
  labelsFree,
  monitoringLabels,
];
