import { barmanCloudPluginViolations } from "../operators/barman-cloud-plugin-values";
import { CERT_MANAGER_NAMESPACE, certManagerViolations } from "../operators/cert-manager-values";
import { CHAOS_MESH_NAMESPACE, chaosMeshViolations } from "../operators/chaos-mesh-values";
import {
  CLOUDNATIVE_PG_NAMESPACE,
  cloudNativePgViolations,
} from "../operators/cloudnative-pg-values";
import { INGRESS_NGINX_NAMESPACE, ingressNginxViolations } from "../operators/ingress-nginx-values";
import type { OperatorChart } from "../operators/operator-chart";
import {
  PROMETHEUS_STACK_NAMESPACE,
  prometheusStackViolations,
} from "../operators/prometheus-stack-values";
import {
  ROOK_CEPH_NAMESPACE,
  rookCephOperatorViolations,
} from "../operators/rook-ceph-operator-values";
import {
  SEALED_SECRETS_NAMESPACE,
  sealedSecretsControllerViolations,
} from "../operators/sealed-secrets-controller-values";
import { TRAEFIK_NAMESPACE, traefikViolations } from "../operators/traefik-values";
import { CERT_MANAGER_CHART, CLOUDNATIVE_PG_IMAGE, ROOK_CEPH_CHART } from "../operators/versions";
import { platformRules } from "../rules/platform-rules";
import { platformShape } from "../rules/platform-shape";
import { ruleViolations } from "../rules/rule";
import { shapeViolations, wellFormed } from "../rules/shape";
import { CLOUDNATIVE_PG_OF_CHART, minorOf } from "../rules/supported-versions";
import { under, type Violation } from "../rules/violation";
import { rookCephViolations } from "../storage/rook-ceph-values";
import type { PlatformArgs } from "./platform-args";

/** What is wrong with each part, by its own rules. */
const PART_VIOLATIONS: {
  readonly [
    Part in keyof Omit<PlatformArgs, "kubernetesVersion" | "postgresMajors" | "mirror">
  ]-?: (args: NonNullable<PlatformArgs[Part]>) => Violation[];
} = {
  cloudNativePg: cloudNativePgViolations,
  certManager: certManagerViolations,
  barmanCloudPlugin: barmanCloudPluginViolations,
  sealedSecrets: sealedSecretsControllerViolations,
  rookCephOperator: rookCephOperatorViolations,
  rookCeph: rookCephViolations,
  prometheusStack: prometheusStackViolations,
  chaosMesh: chaosMeshViolations,
  traefik: traefikViolations,
  ingressNginx: ingressNginxViolations,
};

/** Everything that is wrong with a platform: with its parts, and with their being together. */
export function platformViolations(args: PlatformArgs): Violation[] {
  const malformed = shapeViolations(platformShape, args);
  const given = (wellFormed(platformShape, args) ?? {}) as PlatformArgs;
  const parts = Object.entries(PART_VIOLATIONS).flatMap(([part, violationsOf]) => {
    const wanted = given[part as keyof typeof PART_VIOLATIONS];
    return wanted === undefined ? [] : under(part, violationsOf(wanted as never));
  });
  const known = [...malformed, ...parts];
  return [...known, ...ruleViolations(platformRules, compared(given), known)];
}

/** A platform with what its rules compare: where the operator is, and which versions come together. */
function compared(args: PlatformArgs) {
  const { cloudNativePg = {}, certManager, rookCephOperator } = args;
  const versions: Record<string, string | undefined> = {
    cloudNativePg: cloudNativePgVersion(cloudNativePg),
    certManager: certManager && (certManager.chart?.version ?? CERT_MANAGER_CHART.version),
    rookCephOperator:
      rookCephOperator && (rookCephOperator.chart?.version ?? ROOK_CEPH_CHART.version),
  };
  return {
    ...args,
    createdNamespaces: createdNamespaces(args),
    operatorNamespace: cloudNativePg.namespace ?? CLOUDNATIVE_PG_NAMESPACE,
    versions: Object.fromEntries(
      Object.entries(versions).filter(([, version]) => version !== undefined),
    ),
  };
}

/** Where each part is unless its arguments say otherwise. The plugin goes to the operator. */
const DEFAULT_NAMESPACES = {
  cloudNativePg: CLOUDNATIVE_PG_NAMESPACE,
  certManager: CERT_MANAGER_NAMESPACE,
  sealedSecrets: SEALED_SECRETS_NAMESPACE,
  rookCephOperator: ROOK_CEPH_NAMESPACE,
  prometheusStack: PROMETHEUS_STACK_NAMESPACE,
  chaosMesh: CHAOS_MESH_NAMESPACE,
  traefik: TRAEFIK_NAMESPACE,
  ingressNginx: INGRESS_NGINX_NAMESPACE,
} as const;

/** The namespaces that a platform creates, by the part that does. */
export function createdNamespaces(args: PlatformArgs): Record<string, string> {
  const wanted = { ...args, cloudNativePg: args.cloudNativePg ?? {} };
  const created = Object.entries(DEFAULT_NAMESPACES).flatMap(([part, byDefault]) => {
    const given = wanted[part as keyof typeof DEFAULT_NAMESPACES];
    if (!given || given.install === false || given.createNamespace === false) return [];
    const { namespace = byDefault } = given;
    return typeof namespace === "string" ? [[part, namespace] as const] : [];
  });
  return Object.fromEntries(created);
}

/** Of another chart only what is known of it. An operator that is there already is of a version that nobody told. */
function cloudNativePgVersion(args: {
  install?: boolean;
  image?: { tag?: string };
  chart?: OperatorChart;
}): string | undefined {
  const { install = true, image, chart } = args;
  if (!install) return undefined;
  if (image?.tag !== undefined) return image.tag;
  if (chart?.version === undefined) return CLOUDNATIVE_PG_IMAGE.tag;
  return CLOUDNATIVE_PG_OF_CHART[minorOf(chart.version) ?? ""];
}
