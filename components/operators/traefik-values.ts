import { guaranteed } from "../pod-resources";
import { ingressSourceRanges } from "../rules/ingress-source-ranges";
import { operatorRules } from "../rules/operator-rules";
import { ruleViolations } from "../rules/rule";
import { shapeViolations } from "../rules/shape";
import { traefikShape } from "../rules/traefik-shape";
import type { Violation } from "../rules/violation";
import { splitChartImage } from "./chart-image";
import { podSpread } from "./pod-spread";
import type { TraefikArgs } from "./traefik";
import { TRAEFIK_IMAGE } from "./versions";

/** Where Traefik is unless the arguments say otherwise: where upstream's documentation has it. */
export const TRAEFIK_NAMESPACE = "traefik";

/** Everything that is wrong with the arguments of Traefik. */
export function traefikViolations(args: TraefikArgs): Violation[] {
  const malformed = shapeViolations(traefikShape, args);
  // Of a controller that is there already it tells which Ingresses are served, and sets nothing.
  const settings = { ...args, ingressClass: undefined };
  const broken = ruleViolations([...operatorRules, ingressSourceRanges], settings, malformed);
  return [...malformed, ...broken];
}

/** Label that the chart gives Traefik's pods, whatever the release is called. */
const POD_LABELS = { "app.kubernetes.io/name": "traefik" };

/**
 * Values of the chart `traefik`, only those that differ from its defaults or that this package promises.
 *
 * Upstream: https://github.com/traefik/traefik-helm-chart/blob/v41.6.1/traefik/values.yaml
 */
export function traefikValues(args: TraefikArgs) {
  const { replicas = 2, resources = { cpu: "500m", memory: "256Mi" }, priorityClassName } = args;
  return {
    image: splitChartImage(TRAEFIK_IMAGE, args),
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    deployment: { replicas },
    // A budget over a single pod would block every drain.
    podDisruptionBudget: replicas > 1 ? { enabled: true, maxUnavailable: 1 } : { enabled: false },
    ingressClass: {
      enabled: true,
      name: args.ingressClass ?? "traefik",
      isDefaultClass: args.defaultIngressClass ?? false,
    },
    api: { dashboard: false },
    providers: {
      kubernetesCRD: { enabled: false },
      kubernetesIngress: { enabled: true },
      kubernetesGateway: { enabled: args.gatewayApi ?? false },
    },
    ...((args.redirectToHttps ?? true) && { ports: REDIRECT_TO_HTTPS }),
    service: serviceValues(args),
    resources: guaranteed(resources),
    topologySpreadConstraints: podSpread(POD_LABELS, ["pod-template-hash"]),
    ...(priorityClassName !== undefined && { priorityClassName }),
  };
}

const REDIRECT_TO_HTTPS = {
  web: {
    http: {
      redirections: { entryPoint: { to: "websecure", scheme: "https", permanent: true } },
    },
  },
};

function serviceValues(args: TraefikArgs) {
  const { serviceType = "LoadBalancer", serviceAnnotations, loadBalancerSourceRanges } = args;
  return {
    ...(serviceAnnotations !== undefined && { annotations: serviceAnnotations }),
    spec: {
      type: serviceType,
      ...(loadBalancerSourceRanges !== undefined && { loadBalancerSourceRanges }),
    },
  };
}
