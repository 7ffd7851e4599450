import { rookDatabaseDomains } from "./database-domains";
import { rookDevices } from "./devices";
import { rookDevicesOnce } from "./devices-once";
import { rookMons } from "./mons";
import { rookReplicas } from "./replicas";

/** Rules for a RookCeph. */
export const rookCephRules = [
  rookDevices,
  rookDevicesOnce,
  rookMons,
  rookReplicas,
  rookDatabaseDomains,
];
