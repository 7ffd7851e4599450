import type { AnyRule } from "../../engine/rule";
import { authorityOutlives } from "./authority-outlives";
import { chaosAllowed } from "./chaos-allowed";
import { chaosBounded } from "./chaos-bounded";
import { chartPinned } from "./chart-pinned";
import { clusterAlerts } from "./cluster-alerts";
import { clusterAwaited } from "./cluster-awaited";
import { clusterMonitored } from "./cluster-monitored";
import { companionsWhole } from "./companions-whole";
import { databaseRendered } from "./database-rendered";
import { declaredWhole } from "./declared-whole";
import { deprecatedPodMonitor } from "./deprecated-pod-monitor";
import { harmlessAnnotations } from "./harmless-annotations";
import { holdersProtected } from "./holders-protected";
import { ingressNginxRetired } from "./ingress-nginx-retired";
import { operatorFirst } from "./operator-first";
import { operatorStaggered } from "./operator-staggered";
import { postgresEndOfLife } from "./postgres-end-of-life";
import { protectedData } from "./protected-data";
import { signedOutlived } from "./signed-outlived";

export const operationsRules: readonly AnyRule[] = [
  authorityOutlives,
  chaosAllowed,
  chaosBounded,
  chartPinned,
  clusterAlerts,
  clusterAwaited,
  clusterMonitored,
  companionsWhole,
  databaseRendered,
  declaredWhole,
  deprecatedPodMonitor,
  harmlessAnnotations,
  holdersProtected,
  ingressNginxRetired,
  operatorFirst,
  operatorStaggered,
  postgresEndOfLife,
  protectedData,
  signedOutlived,
];
