import { exposedCertificate } from "./certificate";
import { exposedInstances } from "./instances";
import { clusterExposedNames, exposedExternalNames, poolerExposedNames } from "./names";
import { exposedBalancer, exposedPorts } from "./ports";
import { exposedAnnotations, exposedNetworkPolicy, exposedSourceRanges } from "./sources";

const common = [
  exposedSourceRanges,
  exposedNetworkPolicy,
  exposedAnnotations,
  exposedPorts,
  exposedBalancer,
  exposedExternalNames,
];

/** The rules for `exposed` of every cluster. */
export const clusterExposedRules = [
  ...common,
  exposedInstances,
  clusterExposedNames,
  exposedCertificate,
] as const;

/** The rules for `exposed` of every pooler. */
export const poolerExposedRules = [...common, poolerExposedNames] as const;
