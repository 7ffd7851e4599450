import type * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { OperatorArgs } from "../release/args";

/** The container runtime of the nodes. */
export const ContainerRuntime = {
  Containerd: "containerd",
  CriO: "crio",
  Docker: "docker",
} as const;
/** The container runtime of the nodes. */
export type ContainerRuntime = (typeof ContainerRuntime)[keyof typeof ContainerRuntime];

/** Arguments of {@link ChaosMesh}. None is required. The namespace is "chaos-mesh" by default. */
export interface ChaosMeshArgs extends OperatorArgs {
  /**
   * Controller pods. One leads, the others take over within about 15 seconds. Changing it restarts them.
   *
   * @default 2
   */
  replicas?: number;
  /**
   * CPU and memory of each controller pod, requests and limits alike. Changing it restarts them.
   *
   * @default 250m and 256Mi
   */
  resources?: PodResources;
  /**
   * Whether experiments reach only pods in namespaces with the annotation `chaos-mesh.org/inject=enabled`. With `false`
   * anyone who may create an experiment can target any pod of the cluster.
   *
   * @default true, unlike upstream's false
   */
  onlyAnnotatedNamespaces?: boolean;
  /**
   * Whether a privileged daemon runs on every node, which experiments with network, disks, time, CPU and memory need.
   * Without it experiments can kill pods and make them fail, and the namespace's pods need no privileges.
   *
   * @default true
   */
  daemon?: boolean;
  /**
   * CPU and memory of the daemon on each node, requests and limits alike. Changing it restarts the daemons.
   *
   * @default 250m and 512Mi
   */
  daemonResources?: PodResources;
  /**
   * The container runtime of the nodes, through which the daemon enters containers.
   *
   * @default "containerd", unlike upstream's "docker"
   */
  containerRuntime?: ContainerRuntime;
  /**
   * Path of the runtime's socket on the nodes. In k3s it is /run/k3s/containerd/containerd.sock.
   *
   * @default - the runtime's default: "/run/containerd/containerd.sock", "/var/run/crio/crio.sock" or "/var/run/docker.sock"
   */
  runtimeSocket?: string;
  /**
   * Whether the web dashboard runs, reachable inside the cluster only, with a login by token.
   *
   * @default false, because experiments are declared as code
   */
  dashboard?: boolean;
  /**
   * Whether the DNS server runs, which experiments with name resolution need.
   *
   * @default false
   */
  dnsServer?: boolean;
  /**
   * PriorityClass of the controllers and daemons. It must exist.
   *
   * @default - the cluster's default priority
   */
  priorityClassName?: pulumi.Input<string>;
}
