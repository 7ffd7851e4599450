import type * as pulumi from "@pulumi/pulumi";
import { ExposedInstances, type ExposedEndpoint } from "../exposure/args";
import { clusterExposureName } from "../exposure/rules/names";
import { createExposed } from "../exposure/service";
import { clusterMetadata } from "./metadata";
import { instanceLabels } from "./spec";
import type { CommonValues } from "./values-common";

/** What the operator labels instances with, by what they are. */
const ROLE_LABEL = {
  [ExposedInstances.ReadWrite]: { "cnpg.io/instanceRole": "primary" },
  [ExposedInstances.ReadOnly]: { "cnpg.io/instanceRole": "replica" },
  [ExposedInstances.Read]: {},
} as const;

/** The Services by which clients outside of Kubernetes reach a cluster that serves. */
export function createClusterExposed(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues,
  dependsOn: pulumi.Resource,
): pulumi.Output<ExposedEndpoint[]> | undefined {
  const { clusterName } = values;
  const exposures = values.exposed.map((exposed) => {
    const suffix = clusterExposureName(exposed);
    return {
      exposed,
      suffix,
      metadata: clusterMetadata(values, `${clusterName}-${suffix}`),
      selector: {
        ...instanceLabels(clusterName),
        ...ROLE_LABEL[exposed.type ?? ExposedInstances.ReadWrite],
      },
    };
  });
  return createExposed(parent, name, exposures, [dependsOn]);
}
