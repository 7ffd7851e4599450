import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { installed } from "../release/installed";
import { createOperatorNamespace, createRelease } from "../release/release";
import { traefikValues } from "./spec";
import { TRAEFIK_NAMESPACE, traefik } from "./values";
import { TRAEFIK_CHART, TRAEFIK_IMAGE } from "../versions";
import type { TraefikArgs } from "./args";

/**
 * The Traefik ingress controller: two replicas on different nodes behind a load balancer, HTTPS only.
 *
 * It serves standard Ingresses and, optionally, the Gateway API. Traefik's own kinds (IngressRoute, Middleware,
 * TLSOption ...) are off, and their definitions are not installed: nothing here needs them, the chart keeps them where
 * Helm never upgrades them, and its separate chart for them is deprecated. TLS is 1.2 or newer with the certificate in an
 * Ingress's `tls` section. The dashboard, the version check and usage statistics are off.
 *
 * @example
 * ```typescript
 * const ingress = new Traefik("traefik", { loadBalancerSourceRanges: ["203.0.113.0/24"] });
 * new k8s.networking.v1.Ingress(
 *   "pgadmin",
 *   { spec: { ingressClassName: ingress.ingressClass, tls, rules } },
 *   { dependsOn: ingress },
 * );
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://doc.traefik.io/traefik/setup/kubernetes/
 */
export class Traefik extends pulumi.ComponentResource {
  /** Namespace of the controller. */
  public readonly namespace: pulumi.Output<string>;
  /** Name of the Helm release: the component's. */
  public readonly name: pulumi.Output<string>;
  /** Version of Traefik: its image's tag, or the chart's version when that was given. */
  public readonly version: pulumi.Output<string>;
  /** Whether Traefik runs: known once all its pods and its load balancer do. */
  public readonly ready: pulumi.Output<boolean>;
  /** The IngressClass of the Ingresses that it serves. */
  public readonly ingressClass: pulumi.Output<string>;

  constructor(name: string, args: TraefikArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    args = traefik.accept(name, args);
    super("ha-postgres:index:Traefik", name, {}, opts);

    const { install = true, namespace = TRAEFIK_NAMESPACE, chart } = args;
    const releases = install ? [installTraefik(this, name, namespace, args)] : [];
    const version = chart?.version ?? TRAEFIK_IMAGE.tag;
    const told = installed(releases, { namespace, name, version });
    this.namespace = told.namespace;
    this.name = told.name;
    this.version = told.version;
    this.ready = told.ready;
    this.ingressClass = pulumi.output(args.ingressClass ?? "traefik");
    this.registerOutputs({ ...told, ingressClass: this.ingressClass });
  }
}

function installTraefik(
  parent: Traefik,
  name: string,
  namespace: pulumi.Input<string>,
  args: TraefikArgs,
): k8s.helm.v3.Release {
  const { createNamespace = true, chart, mirror } = args;
  // Not "restricted": the chart sets no seccomp profile.
  const home = createNamespace
    ? createOperatorNamespace(parent, name, "traefik", namespace, "baseline").metadata.name
    : namespace;
  return createRelease(parent, name, {
    namespace: home,
    pinned: TRAEFIK_CHART,
    chart,
    mirror,
    values: traefikValues(args),
    extraValues: args.values,
    // A cloud's load balancer takes some minutes to start.
    timeout: 600,
    skipCrds: true,
  });
}
