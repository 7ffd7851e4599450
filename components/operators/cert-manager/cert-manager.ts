import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { certManagerValues } from "./spec";
import { CERT_MANAGER_NAMESPACE, certManager } from "./values";
import { installed } from "../release/installed";
import { createOperatorNamespace, createRelease } from "../release/release";
import { CERT_MANAGER_CHART } from "../versions";
import type { CertManagerArgs } from "./args";

/**
 * cert-manager, which issues and renews certificates: two replicas of each part on different nodes, ready when its
 * webhook is.
 *
 * Make its users depend on it, so that they are created after and destroyed before cert-manager:
 *
 * @example
 * ```typescript
 * const certManager = new CertManager("cert-manager");
 * const plugin = new BarmanCloudPlugin("barman-cloud", {}, { dependsOn: [certManager, operator] });
 * ```
 *
 * The custom resource definitions are part of the release, so an upgrade changes them, and stay when it is removed. The
 * Release is atomic: an installation that fails leaves nothing else behind, an upgrade is rolled back.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://cert-manager.io/docs/installation/helm/ and https://cert-manager.io/docs/installation/best-practice/
 */
export class CertManager extends pulumi.ComponentResource {
  /** Namespace of cert-manager. */
  public readonly namespace: pulumi.Output<string>;
  /** Name of the Helm release: the component's. */
  public readonly name: pulumi.Output<string>;
  /** Version of cert-manager, which is the chart's: "v1.21.1". */
  public readonly version: pulumi.Output<string>;
  /** Whether cert-manager runs: known once it does and its webhook answers. */
  public readonly ready: pulumi.Output<boolean>;

  constructor(name: string, args: CertManagerArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    args = certManager.accept(name, args);
    super("ha-postgres:index:CertManager", name, {}, opts);

    const { install = true, namespace = CERT_MANAGER_NAMESPACE, chart } = args;
    const releases = install ? [installCertManager(this, name, namespace, args)] : [];
    const version = chart?.version ?? CERT_MANAGER_CHART.version;
    const told = installed(releases, { namespace, name, version });
    this.namespace = told.namespace;
    this.name = told.name;
    this.version = told.version;
    this.ready = told.ready;
    this.registerOutputs({ ...told });
  }
}

function installCertManager(
  parent: CertManager,
  name: string,
  namespace: pulumi.Input<string>,
  args: CertManagerArgs,
): k8s.helm.v3.Release {
  const { createNamespace = true, chart, mirror, priorityClassName } = args;
  const home = createNamespace
    ? createOperatorNamespace(parent, name, "cert-manager", namespace, "restricted").metadata.name
    : namespace;
  return createRelease(parent, name, {
    namespace: home,
    pinned: CERT_MANAGER_CHART,
    chart,
    mirror,
    values: certManagerValues({
      release: name,
      namespace: home,
      replicas: args.replicas ?? 2,
      resources: args.resources ?? { cpu: "100m", memory: "256Mi" },
      startupApiCheck: args.startupApiCheck ?? true,
      chart,
      mirror,
      priorityClassName,
    }),
    extraValues: args.values,
    // Three Deployments and then the check of the webhook, which restarts a few times while the CA is injected.
    timeout: 600,
  });
}
