import type { AnyRule } from "../../engine/rule";
import { clusterGuaranteed } from "./cluster-guaranteed";
import { clusterResources } from "./cluster-resources";
import { memoryFits } from "./memory-fits";
import { operatorResources } from "./operator-resources";

export const resourcesRules: readonly AnyRule[] = [
  clusterGuaranteed,
  clusterResources,
  memoryFits,
  operatorResources,
];
