import type * as pulumi from "@pulumi/pulumi";
import { ExposedInstances, type ExposedEndpoint } from "../exposure/args";
import { clusterExposureName } from "../exposure/rules/names";
import { createExposed } from "../exposure/service";
import { clusterMetadata } from "./metadata";
import { instancesSelector } from "./selector";
import type { CommonValues } from "./values-common";

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
      selector: instancesSelector(clusterName, exposed.type ?? ExposedInstances.ReadWrite),
    };
  });
  return createExposed(parent, name, exposures, [dependsOn]);
}
