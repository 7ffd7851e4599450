import type { AnyRule } from "../../engine/rule";
import { antiAffinity } from "./anti-affinity";
import { boundedDelays } from "./bounded-delays";
import { clusterDisruptionBudget } from "./cluster-disruption-budget";
import { clusterInstances } from "./cluster-instances";
import { clusterSynchronous } from "./cluster-synchronous";
import { failoverComes } from "./failover-comes";
import { failoverQuorumDurability } from "./failover-quorum-durability";
import { failoverQuorumSet } from "./failover-quorum-set";
import { isolationCheck } from "./isolation-check";
import { legacySyncReplicas } from "./legacy-sync-replicas";
import { notHibernated } from "./not-hibernated";
import { operatorReplicas } from "./operator-replicas";
import { primaryLease } from "./primary-lease";
import { priorityClass } from "./priority-class";
import { supervisedUpdates } from "./supervised-updates";
import { synchronousDurability } from "./synchronous-durability";
import { synchronousNumber } from "./synchronous-number";
import { synchronousSurvivesLoss } from "./synchronous-survives-loss";
import { zoneSpread } from "./zone-spread";

export const haRules: readonly AnyRule[] = [
  antiAffinity,
  boundedDelays,
  clusterDisruptionBudget,
  clusterInstances,
  clusterSynchronous,
  failoverComes,
  failoverQuorumDurability,
  failoverQuorumSet,
  isolationCheck,
  legacySyncReplicas,
  notHibernated,
  operatorReplicas,
  primaryLease,
  priorityClass,
  supervisedUpdates,
  synchronousDurability,
  synchronousNumber,
  synchronousSurvivesLoss,
  zoneSpread,
];
