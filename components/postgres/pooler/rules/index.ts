import { annotationsFree } from "../../../formats/annotations";
import { labelsFree } from "../../../formats/labels";
import { monitoringLabels } from "../../cluster/rules/monitoring-labels";
import { poolerPart } from "../../overrides/rules/pooler-part";
import { poolerExposedRules } from "../../exposure/rules";
import { poolerEncryption } from "./encryption";
import { poolerImage } from "./image";
import { poolerLimits } from "./limits";
import { poolerName } from "./name";
import { poolerOvercommit } from "./overcommit";
import { poolerParameterNames } from "./parameter-names";
import { poolerParameterValues } from "./parameter-values";
import { poolerShare } from "./share";
import { poolerTotal } from "./total";

/** The rules for every PostgresPooler. */
export const poolerRules = [
  poolerName,
  poolerTotal,
  poolerShare,
  poolerOvercommit,
  poolerParameterNames,
  // Before the types: a value that is unsafe, or is two settings, is reported as that.
  poolerEncryption,
  poolerParameterValues,
  labelsFree,
  annotationsFree,
  poolerLimits,
  ...poolerExposedRules,
  poolerImage,
  poolerPart,
  monitoringLabels,
];
