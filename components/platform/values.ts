import { contract, type Contract } from "../contract/contract";
import { ruleViolations } from "../contract/rule";
import { under, type Violation } from "../contract/violation";
import { CLOUDNATIVE_PG_OF_CHART, minorOf } from "../formats/versions";
import { barmanCloudPlugin } from "../operators/barman-cloud-plugin/values";
import { CERT_MANAGER_NAMESPACE, certManager } from "../operators/cert-manager/values";
import { CHAOS_MESH_NAMESPACE, chaosMesh } from "../operators/chaos-mesh/values";
import {
  CLOUDNATIVE_PG_NAMESPACE,
  cloudNativePgOperator,
} from "../operators/cloudnative-pg/values";
import { PROMETHEUS_STACK_NAMESPACE, prometheusStack } from "../operators/prometheus-stack/values";
import type { OperatorChart } from "../operators/release/args";
import { ROOK_CEPH_NAMESPACE, rookCephOperator } from "../operators/rook-ceph-operator/values";
import {
  SEALED_SECRETS_NAMESPACE,
  sealedSecretsController,
} from "../operators/sealed-secrets-controller/values";
import { TRAEFIK_NAMESPACE, traefik } from "../operators/traefik/values";
import { CERT_MANAGER_CHART, CLOUDNATIVE_PG_IMAGE, ROOK_CEPH_CHART } from "../operators/versions";
import { rookCeph } from "../storage/rook-ceph/values";
import type { PlatformArgs } from "./args";
import { platformRules } from "./rules";
import type { Compared } from "./rules/compared";
import { platformSchema } from "./schema";

type PartName = keyof Omit<PlatformArgs, "kubernetesVersion" | "postgresMajors" | "mirror">;

/** Validates the arguments of each part. */
const PARTS: { readonly [Part in PartName]-?: Contract<NonNullable<PlatformArgs[Part]>, unknown> } =
  {
    cloudNativePg: cloudNativePgOperator,
    certManager,
    barmanCloudPlugin,
    sealedSecrets: sealedSecretsController,
    rookCephOperator,
    rookCeph,
    prometheusStack,
    chaosMesh,
    traefik,
  };

/** Validates the arguments of Platform. */
export const platform = contract<PlatformArgs, PlatformArgs & Compared>({
  component: "Platform",
  schema: platformSchema,
  rules: [
    {
      name: "platform-whole",
      why: "Each part must be valid for its component, and all of them must work together.",
      check: (values) => {
        const ofParts = partViolations(values);
        return [...ofParts, ...ruleViolations(platformRules, values, ofParts)];
      },
    },
  ],
  fill: (args) => ({
    ...args,
    createdNamespaces: createdNamespaces(args),
    operatorNamespace: args.cloudNativePg?.namespace ?? CLOUDNATIVE_PG_NAMESPACE,
    versions: versionsOf(args),
  }),
});

function partViolations(args: PlatformArgs): Violation[] {
  return Object.entries(PARTS).flatMap(([part, { validate }]) => {
    const wanted = args[part as PartName];
    return wanted === undefined ? [] : under(part, validate(part, wanted as never).violations);
  });
}

/** Known versions, by part. */
function versionsOf({ cloudNativePg = {}, ...args }: PlatformArgs): Record<string, string> {
  const versions = {
    cloudNativePg: cloudNativePgVersion(cloudNativePg),
    certManager:
      args.certManager && (args.certManager.chart?.version ?? CERT_MANAGER_CHART.version),
    rookCephOperator:
      args.rookCephOperator && (args.rookCephOperator.chart?.version ?? ROOK_CEPH_CHART.version),
  };
  return Object.fromEntries(
    Object.entries(versions).flatMap(([part, version]) =>
      version === undefined ? [] : [[part, version]],
    ),
  );
}

/** Default namespaces of the parts. That of the plugin is the operator's. */
const DEFAULT_NAMESPACES = {
  cloudNativePg: CLOUDNATIVE_PG_NAMESPACE,
  certManager: CERT_MANAGER_NAMESPACE,
  sealedSecrets: SEALED_SECRETS_NAMESPACE,
  rookCephOperator: ROOK_CEPH_NAMESPACE,
  prometheusStack: PROMETHEUS_STACK_NAMESPACE,
  chaosMesh: CHAOS_MESH_NAMESPACE,
  traefik: TRAEFIK_NAMESPACE,
} as const;

/** The namespaces that a platform creates, by part. */
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

/** The operator's version; undefined with an unknown chart, and for an operator that exists already. */
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
