import type * as pulumi from "@pulumi/pulumi";
import { guaranteed, type PodResources } from "../../kubernetes/pod-resources";
import type { Mirror, OperatorChart } from "../release/args";
import { splitChartImage } from "../release/chart-image";
import { BARMAN_CLOUD_IMAGES } from "../versions";

/** The settings that the chart's values are built from. */
export interface BarmanCloudPluginSettings {
  resources: PodResources;
  chart?: OperatorChart;
  mirror?: Mirror;
  priorityClassName?: pulumi.Input<string>;
}

/**
 * Values of the chart `plugin-barman-cloud`, only those that differ from its defaults or that this package promises.
 *
 * @see https://github.com/cloudnative-pg/charts/blob/plugin-barman-cloud-v0.7.1/charts/plugin-barman-cloud/values.yaml
 */
export function barmanCloudPluginValues(settings: BarmanCloudPluginSettings) {
  const { resources, priorityClassName } = settings;
  return {
    // Not two: a pod that does not lead does not listen, so it never becomes ready and the release would fail.
    replicaCount: 1,
    // Templated, so that an upgrade changes it; the chart keeps it, because deleting it deletes all ObjectStores.
    crds: { create: true },
    image: splitChartImage(BARMAN_CLOUD_IMAGES.plugin, settings),
    sidecarImage: splitChartImage(BARMAN_CLOUD_IMAGES.sidecar, settings),
    resources: guaranteed(resources),
    priorityClassName,
  };
}
