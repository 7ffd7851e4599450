import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import { POSTGRES_PORT } from "../../upstream/cloudnative-pg";
import { instancesSelector } from "../cluster/selector";
import { ExposedInstances } from "../exposure/args";
import type { AliasValues } from "./values";

/** The Service that leads to these instances, as the operator's own of each cluster does. */
export function aliasService(
  values: AliasValues,
  instances: ExposedInstances,
): k8s.core.v1.ServiceArgs {
  return {
    metadata: {
      ...aliasMetadata(values, `${values.aliasName}-${instances}`),
      // Pulumi waits until a Service leads to a pod, and with a single instance there are no replicas.
      ...(instances !== ExposedInstances.ReadWrite && {
        annotations: { "pulumi.com/skipAwait": "true" },
      }),
    },
    spec: {
      type: "ClusterIP",
      selector: instancesSelector<pulumi.Input<string>>(values.cluster, instances),
      ports: [
        {
          name: "postgresql",
          protocol: "TCP",
          port: POSTGRES_PORT,
          targetPort: POSTGRES_PORT,
        },
      ],
    },
  };
}

/** The metadata of an object of an alias. */
export function aliasMetadata({ aliasName, namespace, labels }: AliasValues, name: string) {
  return {
    name,
    namespace,
    labels: { ...labels, ...recommendedLabels("database-alias", aliasName, "alias") },
  };
}
