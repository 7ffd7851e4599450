import { labelsFree } from "../../../formats/labels";
import { monitoringLabels } from "../../cluster/rules/monitoring-labels";
import { poolerEncryption } from "./encryption";
import { poolerName } from "./name";
import { poolerOvercommit } from "./overcommit";
import { poolerParameterNames } from "./parameter-names";
import { poolerParameterValues } from "./parameter-values";
import { poolerShare } from "./share";
import { poolerTotal } from "./total";

/** What every PostgresPooler is held to. */
export const poolerRules = [
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
