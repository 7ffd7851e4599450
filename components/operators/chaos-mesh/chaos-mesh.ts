import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import { chaosMeshValues, controllerPodLabels } from "./spec";
import { CHAOS_MESH_NAMESPACE, chaosMesh } from "./values";
import { createDefinitions, readDefinitions } from "../../kubernetes/definitions";
import { installed } from "../release/installed";
import { createOperatorNamespace, createRelease } from "../release/release";
import { CHAOS_MESH_CHART, CHAOS_MESH_IMAGES } from "../versions";
import type { ChaosMeshArgs } from "./args";

/**
 * Chaos Mesh, which injects failures: two controllers, and a daemon on each node. It is limited to namespaces that allow
 * experiments with an annotation.
 *
 * Make experiments depend on it, so that they are created after and destroyed before the controllers that end them:
 *
 * @example
 * ```typescript
 * const chaos = new ChaosMesh("chaos-mesh");
 * new k8s.apiextensions.CustomResource("kill-primary", podChaos, { dependsOn: chaos });
 * ```
 *
 * Its definitions are separate resources, so that an upgrade of this package upgrades them, and stay when it is deleted.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://chaos-mesh.org/docs/production-installation-using-helm/
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
    args = chaosMesh.accept(name, args);
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
    dependsOn: createDefinitions(parent, name, readDefinitions("chaos-mesh")),
  });
}

/** The controllers' budget, which the chart does not have. */
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
