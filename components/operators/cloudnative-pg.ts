import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../labels";
import type { PodResources } from "../pod-resources";
import { dropUndefined } from "../rules/drop-undefined";
import { refuse } from "../rules/violation";
import { installed } from "./installed";
import type { OperatorArgs } from "./operator-args";
import { createOperatorNamespace, createRelease } from "./operator-release";
import {
  CLOUDNATIVE_PG_NAMESPACE,
  OPERATOR_POD_LABELS,
  operatorValues,
  operatorVersion,
  cloudNativePgViolations,
} from "./cloudnative-pg-values";
import { CLOUDNATIVE_PG_CHART } from "./versions";

/** The operator's image, for a mirror. It is the init container of every database and pooler pod, too. */
export interface OperatorImage {
  /**
   * Registry and path, without tag and digest.
   *
   * @default "ghcr.io/cloudnative-pg/cloudnative-pg"
   */
  repository?: string;
  /**
   * Tag of a release, which must be of the chart's minor version.
   *
   * @default "1.30.1", or the chart's own when `chart.version` is given
   */
  tag?: string;
  /**
   * Digest that the tag must have: `sha256:` and 64 hexadecimal digits.
   *
   * @default - the registry decides what the tag is
   */
  digest?: string;
}

/** When the kubelet pulls an image. */
export const ImagePullPolicy = {
  Always: "Always",
  IfNotPresent: "IfNotPresent",
  Never: "Never",
} as const;
/** When the kubelet pulls an image. */
export type ImagePullPolicy = (typeof ImagePullPolicy)[keyof typeof ImagePullPolicy];

/**
 * Arguments of {@link CloudNativePgOperator}. None is required. The namespace is "cnpg-system" by default; while it is
 * replaced, databases keep running without failover.
 */
export interface CloudNativePgOperatorArgs extends OperatorArgs {
  /**
   * Operator pods. One leads, the others take over within about 15 seconds.
   *
   * @default 2, because while there is no operator there is no failover
   */
  replicas?: number;
  /**
   * CPU and memory of each operator pod, requests and limits alike. Changing it restarts the operator.
   *
   * @default 250m and 256Mi: more than upstream's 100m, as a throttled operator fails over late
   */
  resources?: PodResources;
  /**
   * Seconds between two clusters when a new operator version restarts them.
   *
   * @default 60, because upstream's 0 restarts all databases at once
   */
  clustersRolloutDelay?: number;
  /**
   * Seconds between two instances of a cluster when a new operator version restarts them.
   *
   * @default 10
   */
  instancesRolloutDelay?: number;
  /**
   * Whether a new operator version replaces the instance manager in running pods instead of restarting them. The pods'
   * specification follows at their next restart. With false each database is restarted, with a switchover, at the pace
   * of the two delays.
   *
   * @default true, so that upgrading the operator interrupts no database
   */
  inplaceInstanceManagerUpdates?: boolean;
  /**
   * The only namespaces whose clusters the operator serves.
   *
   * @default - all namespaces
   */
  watchedNamespaces?: pulumi.Input<string>[];
  /**
   * PriorityClass of the operator's pods. It must exist.
   *
   * @default - the cluster's default priority
   */
  priorityClassName?: pulumi.Input<string>;
  /**
   * The operator's image, for a mirror. Changing it upgrades the operator; without `inplaceInstanceManagerUpdates` **it
   * restarts every database**, one after the other.
   *
   * @default "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.1"
   */
  image?: OperatorImage;
  /**
   * When the kubelet pulls the operator's image.
   *
   * @default "IfNotPresent"
   */
  imagePullPolicy?: ImagePullPolicy;
}

/**
 * The CloudNativePG operator, which creates the databases and fails them over: two replicas on different nodes,
 * whose own upgrades interrupt no database.
 *
 * Let what the operator serves depend on it, so that it is created after and destroyed before the operator is:
 *
 * @example
 * ```typescript
 * const operator = new CloudNativePgOperator("cnpg");
 * const db = new PostgresCluster("app", { namespace: "app", storage }, { dependsOn: operator });
 * ```
 *
 * The Release is atomic: an installation that fails or is cancelled leaves nothing behind, an upgrade is rolled back.
 * Only a run that is killed can leave a pending release, upon which the next one stops with "cannot re-use a name" or
 * "another operation is in progress". `helm uninstall <name>` or `helm rollback <name>` in the operator's namespace
 * resolves that; databases and their definitions stay, as the chart keeps the definitions.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * Upstream: https://cloudnative-pg.io/docs/1.30/installation_upgrade
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
    args = dropUndefined(args);
    // Before super(), which registers the component: what is refused leaves nothing behind.
    refuse(`CloudNativePgOperator "${name}"`, cloudNativePgViolations(args));
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
