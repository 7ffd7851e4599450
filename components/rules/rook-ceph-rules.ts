import { rookDatabaseDomains } from "./rook-database-domains";
import { rookDevices } from "./rook-devices";
import { rookDevicesOnce } from "./rook-devices-once";
import { rookMons } from "./rook-mons";
import { rookReplicas } from "./rook-replicas";
import type { Rule } from "./rule";

/** What a RookCeph is held to. */
export const rookCephRules: readonly Rule[] = [
  rookDevices,
  rookDevicesOnce,
  rookMons,
  rookReplicas,
  rookDatabaseDomains,
];
