import type * as pulumi from "@pulumi/pulumi";
import type { ExposedEndpoint } from "../exposure/args";
import { poolerExposureName } from "../exposure/rules/names";
import { createExposed } from "../exposure/service";
import { poolerMetadata } from "./metadata";
import { poolerPodLabels } from "./spec";
import type { PoolerValues } from "./values";

/** The Services by which clients outside of Kubernetes reach a pooler whose pods accept connections. */
export function createPoolerExposed(
  parent: pulumi.Resource,
  name: string,
  values: PoolerValues,
  dependsOn: pulumi.Resource,
): pulumi.Output<ExposedEndpoint[]> | undefined {
  const { poolerName } = values;
  const exposures = values.exposed.map((exposed) => {
    const suffix = poolerExposureName(exposed);
    return {
      exposed,
      suffix,
      metadata: poolerMetadata(values, undefined, `${poolerName}-${suffix}`),
      selector: poolerPodLabels(poolerName),
    };
  });
  return createExposed(parent, name, exposures, [dependsOn]);
}
