import type * as pulumi from "@pulumi/pulumi";
import { lostNodeTolerations, STATELESS_TOLERATIONS } from "../../kubernetes/lost-node";
import { guaranteed, type PodResources } from "../../kubernetes/pod-resources";
import type { Mirror, OperatorChart } from "../release/args";
import { mirroredImage } from "../release/mirror";
import { CLOUDNATIVE_PG_IMAGE } from "../versions";
import type { OperatorImage } from "./args";
import { OPERATOR_POD_LABELS } from "./values";

/** The settings that the chart's values are built from. */
export interface OperatorSettings {
  replicas: number;
  resources: PodResources;
  clustersRolloutDelay: number;
  instancesRolloutDelay: number;
  inplaceInstanceManagerUpdates: boolean;
  imagePullPolicy: string;
  image?: OperatorImage;
  chart?: OperatorChart;
  mirror?: Mirror;
  watchedNamespaces?: pulumi.Input<string>;
  priorityClassName?: pulumi.Input<string>;
}

/**
 * Values of the chart `cloudnative-pg`, only those that differ from its defaults or that this package promises.
 *
 * @see https://github.com/cloudnative-pg/charts/blob/main/charts/cloudnative-pg/values.yaml
 */
export function operatorValues(settings: OperatorSettings) {
  const { replicas, resources, imagePullPolicy, priorityClassName } = settings;
  return {
    replicaCount: replicas,
    image: { ...operatorImage(settings), pullPolicy: imagePullPolicy },
    config: { data: operatorConfig(settings) },
    resources: guaranteed(resources),
    topologySpreadConstraints: OPERATOR_SPREAD,
    // The remaining replica leads after 15 s; the lost one starts on another node meanwhile.
    tolerations: lostNodeTolerations(STATELESS_TOLERATIONS),
    priorityClassName,
  };
}

/** The operator's version as far as it is known: the image's tag, or else the chart's version. */
export function operatorVersion({
  image,
  chart,
}: Pick<OperatorSettings, "image" | "chart">): string {
  return image?.tag ?? chart?.version ?? CLOUDNATIVE_PG_IMAGE.tag;
}

function operatorImage({ image = {}, chart, mirror }: OperatorSettings) {
  const { repository = mirroredImage(CLOUDNATIVE_PG_IMAGE.repository, mirror), digest } = image;
  // Another chart installs another operator, which its default tag matches.
  const tag = image.tag ?? (chart?.version === undefined ? CLOUDNATIVE_PG_IMAGE.tag : undefined);
  if (tag === undefined) return { repository };
  // The chart has no key for a digest, but it appends the tag to a colon as it is.
  return { repository, tag: digest === undefined ? tag : `${tag}@${digest}` };
}

/** @see https://cloudnative-pg.io/docs/1.30/operator_conf */
function operatorConfig(settings: OperatorSettings): Record<string, pulumi.Input<string>> {
  return {
    CLUSTERS_ROLLOUT_DELAY: String(settings.clustersRolloutDelay),
    INSTANCES_ROLLOUT_DELAY: String(settings.instancesRolloutDelay),
    ENABLE_INSTANCE_MANAGER_INPLACE_UPDATES: String(settings.inplaceInstanceManagerUpdates),
    // Not the chart's `clusterWide: false`, which allows only the operator's namespace.
    ...(settings.watchedNamespaces !== undefined && {
      WATCH_NAMESPACE: settings.watchedNamespaces,
    }),
  };
}

/**
 * Places no two operator pods on one node while another node is free. Unlike required anti-affinity this neither blocks a
 * rollout on as many nodes as there are pods, nor leaves a pod pending when only one node is left.
 */
const OPERATOR_SPREAD = [
  {
    maxSkew: 1,
    topologyKey: "kubernetes.io/hostname",
    whenUnsatisfiable: "DoNotSchedule",
    nodeTaintsPolicy: "Honor",
    labelSelector: { matchLabels: OPERATOR_POD_LABELS },
    matchLabelKeys: ["pod-template-hash"],
  },
  {
    maxSkew: 1,
    topologyKey: "topology.kubernetes.io/zone",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: OPERATOR_POD_LABELS },
    matchLabelKeys: ["pod-template-hash"],
  },
];
