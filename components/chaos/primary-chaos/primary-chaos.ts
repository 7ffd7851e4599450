import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import type { PrimaryChaosArgs } from "./args";
import { workflowSpec } from "./spec";
import { primaryChaos, type PrimaryChaosValues } from "./values";

/**
 * Faults of a cluster's primary, one after the other until a time is over: what an operator does once by hand, done again
 * and again, to see that the cluster survives it. Not for production.
 *
 * It needs Chaos Mesh (ChaosMesh installs it), whose controllers end the experiments even if nobody deploys anything any
 * more. Let a client write meanwhile: only what was acknowledged and is still there says that nothing is lost.
 *
 * @example
 * ```typescript
 * new PrimaryChaos(
 *   "orders-chaos",
 *   { namespace: "shop", cluster: db.name, every: "1m", lasts: "8h" },
 *   { dependsOn: [chaosMesh, db] },
 * );
 * ```
 *
 * The namespace must have the annotation `chaos-mesh.org/inject=enabled`, and each fault is bounded: one pod, the primary,
 * and never a second fault while the first lasts. Removing the component ends the faults that are still active.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://chaos-mesh.org/docs/create-chaos-mesh-workflow/
 */
export class PrimaryChaos extends pulumi.ComponentResource {
  /** Name of the Workflow object; empty while it is paused. */
  public readonly name: pulumi.Output<string>;
  /** Namespace of the cluster and of the experiments. */
  public readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: PrimaryChaosArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = primaryChaos.accept(name, args);
    super("ha-postgres:index:PrimaryChaos", name, {}, opts);

    const workflow = values.paused ? undefined : createWorkflow(this, name, values);
    this.name = workflow?.metadata.name ?? pulumi.output("");
    this.namespace = pulumi.output(values.namespace);
    this.registerOutputs({ name: this.name, namespace: this.namespace });
  }
}

function createWorkflow(
  parent: PrimaryChaos,
  name: string,
  values: PrimaryChaosValues,
): k8s.apiextensions.CustomResource {
  const { namespace, chaosName } = values;
  return new k8s.apiextensions.CustomResource(
    `${name}-workflow`,
    {
      apiVersion: "chaos-mesh.org/v1alpha1",
      kind: "Workflow",
      metadata: {
        name: chaosName,
        namespace,
        labels: recommendedLabels("chaos-mesh", chaosName, "experiment"),
        annotations: { "pulumi.com/waitFor": "condition=Scheduled" },
      },
      spec: workflowSpec(values),
    },
    {
      parent,
      // Chaos Mesh does not look at a Workflow's steps again.
      replaceOnChanges: ["spec"],
      deleteBeforeReplace: true,
      customTimeouts: { create: "2m" },
    },
  );
}
