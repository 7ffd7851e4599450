import type * as pulumi from "@pulumi/pulumi";
import { guaranteed, type PodResources } from "../../kubernetes/pod-resources";
import { podSpread } from "../../kubernetes/pod-spread";
import type { Mirror, OperatorChart } from "../release/args";
import { chartImage } from "../release/chart-image";
import { CERT_MANAGER_IMAGES } from "../versions";

/** The settings that the chart's values are built from. */
export interface CertManagerSettings {
  /** The Helm release's name, which is a label of the pods. */
  release: string;
  namespace: pulumi.Input<string>;
  replicas: number;
  resources: PodResources;
  startupApiCheck: boolean;
  chart?: OperatorChart;
  mirror?: Mirror;
  priorityClassName?: pulumi.Input<string>;
}

/**
 * Values of the chart `cert-manager`, only those that differ from its defaults or that this package promises.
 *
 * @see https://github.com/cert-manager/cert-manager/blob/v1.21.1/deploy/charts/cert-manager/values.yaml
 */
export function certManagerValues(settings: CertManagerSettings) {
  const { namespace, resources, startupApiCheck, priorityClassName } = settings;
  return {
    global: {
      // Not the chart's kube-system: some clusters forbid writing there, and two installations would share a lease.
      leaderElection: { namespace },
      priorityClassName,
    },
    // Templated, so that an upgrade changes them; kept, because deleting a definition deletes all certificates.
    crds: { enabled: true, keep: true },
    ...workload(settings, "controller"),
    webhook: workload(settings, "webhook"),
    cainjector: workload(settings, "cainjector"),
    acmesolver: { image: chartImage(CERT_MANAGER_IMAGES.acmesolver, settings) },
    startupapicheck: {
      enabled: startupApiCheck,
      image: chartImage(CERT_MANAGER_IMAGES.startupapicheck, settings),
      resources: guaranteed(resources),
    },
  };
}

/** The values common to the chart's three Deployments; the controller's are at the top level. */
function workload(
  settings: CertManagerSettings,
  component: "controller" | "webhook" | "cainjector",
) {
  const { release, replicas, resources } = settings;
  return {
    replicaCount: replicas,
    image: chartImage(CERT_MANAGER_IMAGES[component], settings),
    resources: guaranteed(resources),
    // A budget over a single pod would block every drain.
    podDisruptionBudget:
      replicas > 1
        ? { enabled: true, maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" }
        : { enabled: false },
    topologySpreadConstraints: podSpread(
      { "app.kubernetes.io/instance": release, "app.kubernetes.io/component": component },
      ["pod-template-hash"],
    ),
  };
}
