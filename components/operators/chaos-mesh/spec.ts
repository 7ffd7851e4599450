import { guaranteed } from "../../kubernetes/pod-resources";
import { splitChartImage, type ImageSource } from "../release/chart-image";
import { mirroredImage } from "../release/mirror";
import { CHAOS_MESH_IMAGES } from "../versions";
import type { ChaosMeshArgs, ContainerRuntime } from "./args";

/** Labels that the chart gives the controllers' pods. */
export function controllerPodLabels(release: string): Record<string, string> {
  return {
    "app.kubernetes.io/name": "chaos-mesh",
    "app.kubernetes.io/instance": release,
    "app.kubernetes.io/component": "controller-manager",
  };
}

const RUNTIME_SOCKETS: Readonly<Record<ContainerRuntime, string>> = {
  containerd: "/run/containerd/containerd.sock",
  crio: "/var/run/crio/crio.sock",
  docker: "/var/run/docker.sock",
};

/**
 * Values of the chart `chaos-mesh`, only those that differ from its defaults or that this package promises.
 *
 * @see https://github.com/chaos-mesh/chaos-mesh/blob/v2.8.3/helm/chaos-mesh/values.yaml
 */
export function chaosMeshValues(release: string, args: ChaosMeshArgs) {
  const { dnsServer = false } = args;
  return {
    controllerManager: controllerManagerValues(release, args),
    chaosDaemon: daemonValues(args),
    dashboard: dashboardValues(args),
    dnsServer: {
      create: dnsServer,
      ...(dnsServer && { image: splitChartImage(CHAOS_MESH_IMAGES.dnsServer, args) }),
    },
  };
}

function controllerManagerValues(release: string, args: ChaosMeshArgs) {
  const { replicas = 2, onlyAnnotatedNamespaces = true, priorityClassName } = args;
  return {
    replicaCount: replicas,
    image: splitChartImage(CHAOS_MESH_IMAGES.controllerManager, args),
    enableFilterNamespace: onlyAnnotatedNamespaces,
    resources: guaranteed(args.resources ?? { cpu: "250m", memory: "256Mi" }),
    podChaos: { podFailure: { pauseImage: pauseImage(args) } },
    // The chart has no spread constraints for them.
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              labelSelector: { matchLabels: controllerPodLabels(release) },
              topologyKey: "kubernetes.io/hostname",
            },
          },
        ],
      },
    },
    priorityClassName,
  };
}

function daemonValues(args: ChaosMeshArgs) {
  const { daemon = true, containerRuntime = "containerd", runtimeSocket, priorityClassName } = args;
  const image = splitChartImage(CHAOS_MESH_IMAGES.daemon, args);
  // The chart cannot leave the DaemonSet out, but no node matches it then.
  if (!daemon) return { image, nodeSelector: { "ha-postgres/chaos-daemon": "never" } };
  return {
    image,
    runtime: containerRuntime,
    socketPath: runtimeSocket ?? RUNTIME_SOCKETS[containerRuntime],
    resources: guaranteed(args.daemonResources ?? { cpu: "250m", memory: "512Mi" }),
    priorityClassName,
  };
}

function dashboardValues(args: ChaosMeshArgs) {
  if (args.dashboard !== true) return { create: false };
  return {
    create: true,
    image: splitChartImage(CHAOS_MESH_IMAGES.dashboard, args),
    // The chart's NodePort opens it on every node.
    service: { type: "ClusterIP" },
    resources: guaranteed({ cpu: "100m", memory: "256Mi" }),
  };
}

function pauseImage({ mirror }: ImageSource): string {
  const { repository, tag } = CHAOS_MESH_IMAGES.pause;
  return `${mirroredImage(repository, mirror)}:${tag}`;
}
