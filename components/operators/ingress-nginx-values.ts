import { guaranteed } from "../pod-resources";
import { ingressNginxRetired } from "../rules/ingress-nginx-retired";
import { ingressNginxShape } from "../rules/ingress-nginx-shape";
import { ingressSourceRanges } from "../rules/ingress-source-ranges";
import { operatorRules } from "../rules/operator-rules";
import { ruleViolations } from "../rules/rule";
import { shapeViolations } from "../rules/shape";
import type { Violation } from "../rules/violation";
import { splitChartImage, type ImageSource, type PinnedImage } from "./chart-image";
import type { IngressNginxArgs } from "./ingress-nginx";
import { podSpread } from "./pod-spread";
import { INGRESS_NGINX_IMAGES } from "./versions";

/** Where ingress-nginx is unless the arguments say otherwise: where upstream's documentation has it. */
export const INGRESS_NGINX_NAMESPACE = "ingress-nginx";

/** Everything that is wrong with the arguments of ingress-nginx. */
export function ingressNginxViolations(args: IngressNginxArgs): Violation[] {
  const malformed = shapeViolations(ingressNginxShape, args);
  // Both are said of a controller that is there already, too, and set nothing.
  const settings = { ...args, acknowledgeRetired: undefined, ingressClass: undefined };
  return [
    ...malformed,
    ...ruleViolations([ingressNginxRetired], args, malformed),
    ...ruleViolations([...operatorRules, ingressSourceRanges], settings, malformed),
  ];
}

/**
 * Values of the chart `ingress-nginx`, only those that differ from its defaults or that this package promises.
 *
 * Upstream: https://github.com/kubernetes/ingress-nginx/blob/helm-chart-4.15.1/charts/ingress-nginx/values.yaml
 */
export function ingressNginxValues(release: string, args: IngressNginxArgs) {
  const { replicas = 2, resources = { cpu: "500m", memory: "256Mi" }, priorityClassName } = args;
  const ingressClass = args.ingressClass ?? "nginx";
  return {
    controller: {
      // The chart adds a budget to more than one.
      replicaCount: replicas,
      image: image(INGRESS_NGINX_IMAGES.controller, args),
      resources: guaranteed(resources),
      ingressClass,
      ingressClassResource: { name: ingressClass, default: args.defaultIngressClass ?? false },
      service: serviceValues(args),
      admissionWebhooks: {
        patch: { image: image(INGRESS_NGINX_IMAGES.webhookCertificates, args) },
      },
      topologySpreadConstraints: podSpread(
        {
          "app.kubernetes.io/name": "ingress-nginx",
          "app.kubernetes.io/instance": release,
          "app.kubernetes.io/component": "controller",
        },
        ["pod-template-hash"],
      ),
      ...(priorityClassName !== undefined && { priorityClassName }),
    },
  };
}

/** The chart calls the path `image`, and puts its own digest behind a tag of ours unless it gets another. */
function image(pinned: PinnedImage & { digest: string }, source: ImageSource) {
  const { registry, repository, tag } = splitChartImage(pinned, source);
  return {
    registry,
    image: repository,
    ...(tag !== undefined && { tag, digest: pinned.digest }),
  };
}

function serviceValues(args: IngressNginxArgs) {
  const { serviceType = "LoadBalancer", serviceAnnotations, loadBalancerSourceRanges } = args;
  return {
    type: serviceType,
    ...(serviceAnnotations !== undefined && { annotations: serviceAnnotations }),
    ...(loadBalancerSourceRanges !== undefined && { loadBalancerSourceRanges }),
  };
}
