import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../pod-resources";
import { dropUndefined } from "../rules/drop-undefined";
import { refuse } from "../rules/violation";
import { barmanCloudPluginValues, barmanCloudPluginViolations } from "./barman-cloud-plugin-values";
import { CLOUDNATIVE_PG_NAMESPACE } from "./cloudnative-pg-values";
import { installed } from "./installed";
import type { OperatorArgs } from "./operator-args";
import { createRelease } from "./operator-release";
import { BARMAN_CLOUD_CHART, BARMAN_CLOUD_IMAGES } from "./versions";

/** Arguments of {@link BarmanCloudPlugin}. None is required. */
export interface BarmanCloudPluginArgs extends OperatorArgs {
  /**
   * Namespace of the plugin, which must be that of the CloudNativePG operator: the operator finds plugins by the Services
   * of its own namespace. **Changing it replaces the plugin.**
   *
   * @default "cnpg-system"
   */
  namespace?: pulumi.Input<string>;
  /**
   * Always false: the namespace is the operator's, and its component creates it.
   *
   * @default false
   */
  createNamespace?: boolean;
  /**
   * CPU and memory of the plugin's pod, requests and limits alike. The sidecars in the database pods have their own, in
   * the ObjectStore. Changing it restarts the plugin.
   *
   * @default 100m and 128Mi
   */
  resources?: PodResources;
  /**
   * PriorityClass of the plugin's pod. It must exist.
   *
   * @default - the cluster's default priority
   */
  priorityClassName?: pulumi.Input<string>;
}

/**
 * The Barman Cloud plugin of CloudNativePG, which archives WAL and takes base backups to object stores.
 *
 * It needs the operator, whose namespace it shares, and cert-manager, which issues the certificates that the two know each
 * other by:
 *
 * @example
 * ```typescript
 * const certManager = new CertManager("cert-manager");
 * const operator = new CloudNativePgOperator("cnpg");
 * const plugin = new BarmanCloudPlugin("barman-cloud", {}, { dependsOn: [certManager, operator] });
 * ```
 *
 * It is one pod, as the plugin of this version serves only where it leads. While it restarts, databases run and archive
 * on, since that is the work of the sidecars; changes of Clusters and new backups wait. **Another version of the plugin
 * restarts every database with backups**, one after the other, to replace the sidecars.
 *
 * The Release is atomic: an installation that fails leaves nothing but the ObjectStore definition behind, an upgrade is
 * rolled back.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * Upstream: https://cloudnative-pg.io/plugin-barman-cloud/docs/installation/
 */
export class BarmanCloudPlugin extends pulumi.ComponentResource {
  /** Namespace of the plugin. */
  public readonly namespace: pulumi.Output<string>;
  /** Name of the Helm release: the component's. */
  public readonly name: pulumi.Output<string>;
  /** Version of the plugin: its image's tag, or the chart's version when that was given. */
  public readonly version: pulumi.Output<string>;
  /** Whether the plugin runs: known once it does. */
  public readonly ready: pulumi.Output<boolean>;

  constructor(
    name: string,
    args: BarmanCloudPluginArgs = {},
    opts?: pulumi.ComponentResourceOptions,
  ) {
    args = dropUndefined(args);
    // Before super(), which registers the component: what is refused leaves nothing behind.
    refuse(`BarmanCloudPlugin "${name}"`, barmanCloudPluginViolations(args));
    super("ha-postgres:index:BarmanCloudPlugin", name, {}, opts);

    const { install = true, namespace = CLOUDNATIVE_PG_NAMESPACE, chart } = args;
    const releases = install ? [installPlugin(this, name, namespace, args)] : [];
    const version = chart?.version ?? BARMAN_CLOUD_IMAGES.plugin.tag;
    const told = installed(releases, { namespace, name, version });
    this.namespace = told.namespace;
    this.name = told.name;
    this.version = told.version;
    this.ready = told.ready;
    this.registerOutputs({ ...told });
  }
}

function installPlugin(
  parent: BarmanCloudPlugin,
  name: string,
  namespace: pulumi.Input<string>,
  { resources, chart, mirror, priorityClassName, values }: BarmanCloudPluginArgs,
): k8s.helm.v3.Release {
  return createRelease(parent, name, {
    namespace,
    pinned: BARMAN_CLOUD_CHART,
    chart,
    mirror,
    values: barmanCloudPluginValues({
      resources: resources ?? { cpu: "100m", memory: "128Mi" },
      chart,
      mirror,
      priorityClassName,
    }),
    extraValues: values,
    // Pulling the image and having the two certificates issued take one minute on a slow machine.
    timeout: 300,
  });
}
