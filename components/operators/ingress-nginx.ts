import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { dropUndefined } from "../rules/drop-undefined";
import { refuse } from "../rules/violation";
import type { IngressArgs } from "./ingress-args";
import {
  INGRESS_NGINX_NAMESPACE,
  ingressNginxValues,
  ingressNginxViolations,
} from "./ingress-nginx-values";
import { installed } from "./installed";
import { createOperatorNamespace, createRelease } from "./operator-release";
import { INGRESS_NGINX_CHART, INGRESS_NGINX_IMAGES } from "./versions";

/** Arguments of {@link IngressNginx}. The namespace is "ingress-nginx" by default. */
export interface IngressNginxArgs extends IngressArgs {
  /** That you know that nobody mends this controller any more, whatever is found in it. Nothing but `true` is taken. */
  acknowledgeRetired: boolean;
}

/**
 * The ingress-nginx controller in its last version, for clusters whose Ingresses still depend on its annotations: two
 * replicas on different nodes behind a load balancer.
 *
 * @deprecated Retired in March 2026, without security fixes since. Use {@link Traefik}, or another controller for Ingresses
 * or the Gateway API.
 *
 * @example
 * ```typescript
 * const ingress = new IngressNginx("ingress-nginx", { acknowledgeRetired: true });
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * Upstream: https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
 */
export class IngressNginx extends pulumi.ComponentResource {
  /** Namespace of the controller. */
  public readonly namespace: pulumi.Output<string>;
  /** Name of the Helm release: the component's. */
  public readonly name: pulumi.Output<string>;
  /** Version of the controller: its image's tag, or the chart's version when that was given. */
  public readonly version: pulumi.Output<string>;
  /** Whether the controller runs: known once its pods, its webhook and its load balancer do. */
  public readonly ready: pulumi.Output<boolean>;
  /** The IngressClass for Ingresses that it shall serve. */
  public readonly ingressClass: pulumi.Output<string>;

  constructor(name: string, args: IngressNginxArgs, opts?: pulumi.ComponentResourceOptions) {
    args = dropUndefined(args);
    // Before super(), which registers the component: what is refused leaves nothing behind.
    refuse(`IngressNginx "${name}"`, ingressNginxViolations(args));
    super("ha-postgres:index:IngressNginx", name, {}, opts);
    void pulumi.log.warn(
      "ingress-nginx was retired in March 2026 and gets no security fixes. Move its Ingresses to Traefik, or to the " +
        "Gateway API.",
      this,
    );

    const { install = true, namespace = INGRESS_NGINX_NAMESPACE, chart } = args;
    const releases = install ? [installIngressNginx(this, name, namespace, args)] : [];
    const version = chart?.version ?? INGRESS_NGINX_IMAGES.controller.tag;
    const told = installed(releases, { namespace, name, version });
    this.namespace = told.namespace;
    this.name = told.name;
    this.version = told.version;
    this.ready = told.ready;
    this.ingressClass = pulumi.output(args.ingressClass ?? "nginx");
    this.registerOutputs({ ...told, ingressClass: this.ingressClass });
  }
}

function installIngressNginx(
  parent: pulumi.ComponentResource,
  name: string,
  namespace: pulumi.Input<string>,
  args: IngressNginxArgs,
): k8s.helm.v3.Release {
  const { createNamespace = true, chart, mirror } = args;
  const home = createNamespace
    ? createOperatorNamespace(parent, name, "ingress-nginx", namespace, "restricted").metadata.name
    : namespace;
  return createRelease(parent, name, {
    namespace: home,
    pinned: INGRESS_NGINX_CHART,
    chart,
    mirror,
    values: ingressNginxValues(name, args),
    extraValues: args.values,
    // A cloud's load balancer takes some minutes to come up.
    timeout: 600,
  });
}
