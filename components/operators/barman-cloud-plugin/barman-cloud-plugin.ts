import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { barmanCloudPluginValues } from "./spec";
import { barmanCloudPlugin } from "./values";
import { CLOUDNATIVE_PG_NAMESPACE } from "../cloudnative-pg/values";
import { installed } from "../release/installed";
import { createRelease } from "../release/release";
import { BARMAN_CLOUD_CHART, BARMAN_CLOUD_IMAGES } from "../versions";
import type { BarmanCloudPluginArgs } from "./args";

/**
 * The Barman Cloud plugin of CloudNativePG, which archives WAL and takes base backups to object stores.
 *
 * It needs the operator, whose namespace it shares, and cert-manager, which issues the certificates that the two identify
 * each other with:
 *
 * @example
 * ```typescript
 * const certManager = new CertManager("cert-manager");
 * const operator = new CloudNativePgOperator("cnpg");
 * const plugin = new BarmanCloudPlugin("barman-cloud", {}, { dependsOn: [certManager, operator] });
 * ```
 *
 * It is one pod, because only the leader of this version serves. While it restarts, databases keep running and archiving,
 * which the sidecars do; changes of Clusters and new backups wait. **Another version of the plugin
 * restarts every database with backups**, one after the other, to replace the sidecars.
 *
 * The Release is atomic: an installation that fails leaves nothing but the ObjectStore definition behind, an upgrade is
 * rolled back.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://cloudnative-pg.io/plugin-barman-cloud/docs/installation/
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
    args = barmanCloudPlugin.accept(name, args);
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
