import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import { installed } from "../release/installed";
import { createOperatorNamespace, createRelease } from "../release/release";
import { createPromotionPolicy } from "./promotions";
import { operatorValues, operatorVersion } from "./spec";
import { CLOUDNATIVE_PG_NAMESPACE, cloudNativePgOperator, OPERATOR_POD_LABELS } from "./values";
import { CLOUDNATIVE_PG_CHART } from "../versions";
import { ImagePullPolicy, type CloudNativePgOperatorArgs } from "./args";

/**
 * The CloudNativePG operator, which creates the databases and fails them over: two replicas on different nodes,
 * whose upgrades interrupt no database. The API server refuses to promote a cluster that was demoted without a token, see
 * `replica` of PostgresCluster.
 *
 * Make clusters depend on the operator, so that they are created after and destroyed before it:
 *
 * @example
 * ```typescript
 * const operator = new CloudNativePgOperator("cnpg");
 * const db = new PostgresCluster("app", { namespace: "app", storage }, { dependsOn: operator });
 * ```
 *
 * The Release is atomic: an installation that fails or is cancelled leaves nothing behind, an upgrade is rolled back.
 * Only a run that is killed can leave a pending release, at which the next one stops with "cannot re-use a name" or
 * "another operation is in progress". `helm uninstall <name>` or `helm rollback <name>` in the operator's namespace
 * resolves that; databases and their definitions stay, as the chart keeps the definitions.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://cloudnative-pg.io/docs/1.30/installation_upgrade
 */
export class CloudNativePgOperator extends pulumi.ComponentResource {
  /** Namespace of the operator. */
  public readonly namespace: pulumi.Output<string>;
  /** Name of the Helm release: the component's. */
  public readonly name: pulumi.Output<string>;
  /** Version of the operator: its image's tag, or the chart's version when only that was given. */
  public readonly version: pulumi.Output<string>;
  /** Whether the operator runs: known once it and its webhooks do. */
  public readonly ready: pulumi.Output<boolean>;

  constructor(
    name: string,
    args: CloudNativePgOperatorArgs = {},
    opts?: pulumi.ComponentResourceOptions,
  ) {
    args = cloudNativePgOperator.accept(name, args);
    super("ha-postgres:index:CloudNativePgOperator", name, {}, opts);

    const { install = true, namespace = CLOUDNATIVE_PG_NAMESPACE } = args;
    const releases = install ? [installOperator(this, name, namespace, args)] : [];
    const told = installed(releases, { namespace, name, version: operatorVersion(args) });
    this.namespace = told.namespace;
    this.name = told.name;
    this.version = told.version;
    this.ready = told.ready;
    this.registerOutputs({ ...told });
  }
}

function installOperator(
  parent: CloudNativePgOperator,
  name: string,
  namespace: pulumi.Input<string>,
  args: CloudNativePgOperatorArgs,
): k8s.helm.v3.Release {
  const { createNamespace = true, replicas = 2, chart, mirror } = args;
  const home = createNamespace
    ? createOperatorNamespace(parent, name, "cloudnative-pg", namespace, "restricted").metadata.name
    : namespace;
  if (replicas > 1) disruptionBudget(parent, name, home);
  createPromotionPolicy(parent, name, home);
  return createRelease(parent, name, {
    namespace: home,
    pinned: CLOUDNATIVE_PG_CHART,
    chart,
    mirror,
    values: operatorValues({
      replicas,
      resources: args.resources ?? { cpu: "250m", memory: "256Mi" },
      clustersRolloutDelay: args.clustersRolloutDelay ?? 60,
      instancesRolloutDelay: args.instancesRolloutDelay ?? 10,
      inplaceInstanceManagerUpdates: args.inplaceInstanceManagerUpdates ?? true,
      imagePullPolicy: args.imagePullPolicy ?? ImagePullPolicy.IfNotPresent,
      image: args.image,
      chart,
      mirror,
      priorityClassName: args.priorityClassName,
      watchedNamespaces:
        args.watchedNamespaces &&
        pulumi.all(args.watchedNamespaces).apply((names) => names.join(",")),
    }),
    extraValues: args.values,
    // Pulling the image and electing a leader take one minute on a slow machine.
    timeout: 300,
  });
}

function disruptionBudget(
  parent: CloudNativePgOperator,
  name: string,
  namespace: pulumi.Input<string>,
): k8s.policy.v1.PodDisruptionBudget {
  return new k8s.policy.v1.PodDisruptionBudget(
    `${name}-pdb`,
    {
      metadata: {
        name: "cloudnative-pg",
        namespace,
        labels: recommendedLabels("cloudnative-pg", name, "operator"),
      },
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: OPERATOR_POD_LABELS },
      },
    },
    { parent },
  );
}
