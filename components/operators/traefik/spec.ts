import { guaranteed } from "../../kubernetes/pod-resources";
import { podSpread } from "../../kubernetes/pod-spread";
import { splitChartImage } from "../release/chart-image";
import { TRAEFIK_IMAGE } from "../versions";
import { DEFAULT_SERVICE_TYPE, type TraefikArgs } from "./args";

/** Label that the chart sets on Traefik's pods, independent of the release's name. */
const POD_LABELS = { "app.kubernetes.io/name": "traefik" };

/**
 * Values of the chart `traefik`, only those that differ from its defaults or that this package promises.
 *
 * @see https://github.com/traefik/traefik-helm-chart/blob/v41.6.1/traefik/values.yaml
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
    priorityClassName,
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
  const { serviceType = DEFAULT_SERVICE_TYPE, serviceAnnotations, loadBalancerSourceRanges } = args;
  return {
    annotations: serviceAnnotations,
    spec: { type: serviceType, loadBalancerSourceRanges },
  };
}
