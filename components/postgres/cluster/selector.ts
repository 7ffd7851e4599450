import type * as pulumi from "@pulumi/pulumi";
import { ExposedInstances } from "../exposure/args";

/** What the operator labels instances with, by what they are. */
const ROLE_LABEL = {
  [ExposedInstances.ReadWrite]: { "cnpg.io/instanceRole": "primary" },
  [ExposedInstances.ReadOnly]: { "cnpg.io/instanceRole": "replica" },
  [ExposedInstances.Read]: {},
} as const;

/** Labels of the instances of a cluster that a Service leads to. After a failover they are on other pods. */
export function instancesSelector<Name extends pulumi.Input<string>>(
  clusterName: Name,
  instances: ExposedInstances,
): Record<string, Name | string> {
  return {
    "cnpg.io/cluster": clusterName,
    "cnpg.io/podRole": "instance",
    ...ROLE_LABEL[instances],
  };
}
