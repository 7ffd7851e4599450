import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CHAOS_MESH_DEFINITIONS } from "../crds/definitions/chaos-mesh";
import { recommendedLabels } from "../labels";
import type { PodResources } from "../pod-resources";
import { dropUndefined } from "../rules/drop-undefined";
import { refuse } from "../rules/violation";
import {
  CHAOS_MESH_NAMESPACE,
  chaosMeshValues,
  chaosMeshViolations,
  controllerPodLabels,
} from "./chaos-mesh-values";
import { createDefinitions } from "./definitions";
import { installed } from "./installed";
import type { OperatorArgs } from "./operator-args";
import { createOperatorNamespace, createRelease } from "./operator-release";
import { CHAOS_MESH_CHART, CHAOS_MESH_IMAGES } from "./versions";

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
   * whoever may create an experiment can aim it at any pod of the cluster.
   *
   * @default true, unlike upstream's false
   */
  onlyAnnotatedNamespaces?: boolean;
  /**
   * Whether a privileged daemon runs on every node, which experiments with network, disks, time, CPU and memory need.
   * Without it experiments can kill pods and let them fail, and the namespace's pods need no privileges.
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
   * The container runtime of the nodes, which the daemon enters containers through.
   *
   * @default "containerd", unlike upstream's "docker"
   */
  containerRuntime?: ContainerRuntime;
  /**
   * Path of the runtime's socket on the nodes. k3s, for one, has it in /run/k3s/containerd/containerd.sock.
   *
   * @default - the runtime's own: "/run/containerd/containerd.sock", "/var/run/crio/crio.sock" or "/var/run/docker.sock"
   */
  runtimeSocket?: string;
  /**
   * Whether the web dashboard runs, reachable inside the cluster only, with a login by token.
   *
   * @default false, as experiments are declared as code
   */
  dashboard?: boolean;
  /**
   * Whether the DNS server runs that experiments with name resolution need.
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

/**
 * Chaos Mesh, which breaks things on purpose: two controllers, and a daemon on each node. It is limited to namespaces that
 * say by an annotation that things may be broken in them.
 *
 * Let experiments depend on it, so that they are created after and destroyed before the controllers that end them are:
 *
 * @example
 * ```typescript
 * const chaos = new ChaosMesh("chaos-mesh");
 * new k8s.apiextensions.CustomResource("kill-primary", podChaos, { dependsOn: chaos });
 * ```
 *
 * Its definitions are resources of their own, so that an upgrade of this package upgrades them, and stay when it goes.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * Upstream: https://chaos-mesh.org/docs/production-installation-using-helm/
 */
export class ChaosMesh extends pulumi.ComponentResource {
  /** Namespace of the controllers and daemons. */
  public readonly namespace: pulumi.Output<string>;
  /** Name of the Helm release: the component's. */
  public readonly name: pulumi.Output<string>;
  /** Version of Chaos Mesh: its images' tag, or the chart's version when that was given. */
  public readonly version: pulumi.Output<string>;
  /** Whether Chaos Mesh runs: known once its controllers and webhooks do. */
  public readonly ready: pulumi.Output<boolean>;

  constructor(name: string, args: ChaosMeshArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    args = dropUndefined(args);
    // Before super(), which registers the component: what is refused leaves nothing behind.
    refuse(`ChaosMesh "${name}"`, chaosMeshViolations(args));
    super("ha-postgres:index:ChaosMesh", name, {}, opts);

    const { install = true, namespace = CHAOS_MESH_NAMESPACE, chart } = args;
    const releases = install ? [installChaosMesh(this, name, namespace, args)] : [];
    const version = chart?.version ?? CHAOS_MESH_IMAGES.controllerManager.tag;
    const told = installed(releases, { namespace, name, version });
    this.namespace = told.namespace;
    this.name = told.name;
    this.version = told.version;
    this.ready = told.ready;
    this.registerOutputs({ ...told });
  }
}

function installChaosMesh(
  parent: ChaosMesh,
  name: string,
  namespace: pulumi.Input<string>,
  args: ChaosMeshArgs,
): k8s.helm.v3.Release {
  const { createNamespace = true, replicas = 2, daemon = true, chart, mirror } = args;
  // The daemon enters the namespaces of the node; the controllers are ordinary pods.
  const podSecurity = daemon ? "privileged" : "baseline";
  const home = createNamespace
    ? createOperatorNamespace(parent, name, "chaos-mesh", namespace, podSecurity).metadata.name
    : namespace;
  if (replicas > 1) disruptionBudget(parent, name, home);
  return createRelease(parent, name, {
    namespace: home,
    pinned: CHAOS_MESH_CHART,
    chart,
    mirror,
    values: chaosMeshValues(name, args),
    extraValues: args.values,
    timeout: 300,
    skipCrds: true,
    dependsOn: createDefinitions(parent, name, CHAOS_MESH_DEFINITIONS),
  });
}

/** The chart has none. */
function disruptionBudget(
  parent: ChaosMesh,
  name: string,
  namespace: pulumi.Input<string>,
): k8s.policy.v1.PodDisruptionBudget {
  return new k8s.policy.v1.PodDisruptionBudget(
    `${name}-pdb`,
    {
      metadata: {
        name: "chaos-controller-manager",
        namespace,
        labels: recommendedLabels("chaos-mesh", name, "operator"),
      },
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: controllerPodLabels(name) },
      },
    },
    { parent },
  );
}
