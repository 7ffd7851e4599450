import type * as pulumi from "@pulumi/pulumi";
import { ExposedInstances } from "../exposure/args";

/** What the operator labels instances with, by what they are. */
const ROLE_LABEL = {
  [ExposedInstances.ReadWrite]: { "cnpg.io/instanceRole": "primary" },
  [ExposedInstances.ReadOnly]: { "cnpg.io/instanceRole": "replica" },
  [ExposedInstances.Read]: {},
} as const;

/** The pods of a cluster that run PostgreSQL, as the operator labels them. */
export function instanceLabels<Name extends pulumi.Input<string>>(
  clusterName: Name,
): Record<string, Name | string> {
  return { "cnpg.io/cluster": clusterName, "cnpg.io/podRole": "instance" };
}

/** Labels of the instances of a cluster that a Service leads to. After a failover they are on other pods. */
export function instancesSelector<Name extends pulumi.Input<string>>(
  clusterName: Name,
  instances: ExposedInstances,
): Record<string, Name | string> {
  return { ...instanceLabels(clusterName), ...ROLE_LABEL[instances] };
}
