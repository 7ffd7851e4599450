import type { AnyRule } from "../../engine/rule";
import { poolerConnections } from "./pooler-connections";
import { poolerDisruptionBudget } from "./pooler-disruption-budget";
import { poolerInstances } from "./pooler-instances";
import { poolerMode } from "./pooler-mode";
import { poolerPreparedStatements } from "./pooler-prepared-statements";
import { poolerResources } from "./pooler-resources";
import { poolerServes } from "./pooler-serves";
import { poolerSpread } from "./pooler-spread";

export const poolerRules: readonly AnyRule[] = [
  poolerConnections,
  poolerDisruptionBudget,
  poolerInstances,
  poolerMode,
  poolerPreparedStatements,
  poolerResources,
  poolerServes,
  poolerSpread,
];
