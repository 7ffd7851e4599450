import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { PoolerSpec } from "../../crds/cloudnative-pg";
import { lostNodeTolerations, STATELESS_TOLERATIONS } from "../../kubernetes/lost-node";
import { limited } from "../../kubernetes/pod-resources";
import { pullSecrets } from "../../kubernetes/pull-secrets";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { Spread } from "../cluster/args/pods";
import type { PoolerExposedArgs } from "../exposure/args";
import { exposedPeers } from "../exposure/spec";
import { admit, clientPeers } from "../../kubernetes/network-peers";
import type {
  PoolerCertificatesArgs,
  PoolerNetworkPolicyArgs,
  PoolerPlacementArgs,
  PoolerResources,
  PoolerType,
  PoolMode,
} from "./args";
import type { PoolerCatalogArgs } from "../image-catalog/args";
import { catalogReference } from "../image-catalog/spec";
import { POOLER_QUERY } from "./login";
import { sizeParameters, type PgBouncerParameters, type PoolerShare } from "./sizes";
import { POOLER_METRICS_PORT, POOLER_PORT } from "../../upstream/cloudnative-pg";

/** The pods of a pooler, as CloudNativePG labels them. */
export function poolerPodLabels(name: string): Record<string, string> {
  return { "cnpg.io/poolerName": name };
}

/** PgBouncer's settings: those that make failover fast, the user's, and sizes that fit the share. */
export function poolerParameters(
  poolMode: string,
  share: PoolerShare,
  chosen: PgBouncerParameters = {},
): Record<string, string> {
  return {
    // PgBouncer's default of 100 would reject clients that cost it a few kilobytes each.
    max_client_conn: "1000",
    // The cluster accepts TLS only; so does the pooler.
    client_tls_sslmode: "require",
    // Seconds until the next try after a failed connection: PgBouncer's 15 would come on top of every failover. As long as
    // the last one has failed, PgBouncer ends every client at its next query or login; no setting makes those wait. Only
    // clients that were waiting before the first failure do, for query_wait_timeout, which is longer than any failover.
    server_login_retry: "0.3",
    // Seconds. A lost node does not answer at all, and its clients would wait for PgBouncer's 15.
    server_connect_timeout: "5",
    // Milliseconds after which a connection to a lost node is given up, instead of Linux's quarter of an hour.
    tcp_user_timeout: "10000",
    // Seconds and probes after which the same holds for a connection that waits for an answer: a node that is lost after it
    // has acknowledged a query would keep the client waiting for Linux's two hours.
    tcp_keepidle: "5",
    tcp_keepintvl: "2",
    tcp_keepcnt: "3",
    // Drivers prepare statements by themselves, and in transaction mode PgBouncer has to know of them.
    ...(poolMode === "transaction" && { max_prepared_statements: "200" }),
    ...chosen,
    ...sizeParameters(share, chosen),
  };
}

/** The values that a Pooler object is built from. */
export interface PoolerSettings {
  poolerName: string;
  cluster: pulumi.Input<string>;
  type: PoolerType;
  poolMode: PoolMode;
  instances: number;
  parameters: pulumi.Input<Record<string, string>>;
  resources: PoolerResources;
  image: string;
  imageCatalog?: PoolerCatalogArgs;
  placement: PoolerPlacementArgs;
  certificates: PoolerCertificatesArgs;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
  imagePullSecrets?: pulumi.Input<string>[];
}

/** @see https://cloudnative-pg.io/docs/1.30/connection_pooling */
export function poolerSpec(settings: PoolerSettings): WithInputs<PoolerSpec> {
  const { poolMode, parameters } = settings;
  const metadata = podMetadata(settings);
  return {
    cluster: { name: settings.cluster },
    type: settings.type,
    instances: settings.instances,
    pgbouncer: {
      poolMode,
      ...imageOf(settings),
      parameters,
      ...certificates(settings.certificates),
    },
    // An instance more during a rollout would open its share of connections on top of the others'.
    deploymentStrategy: {
      type: "RollingUpdate",
      rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
    },
    template: {
      ...(metadata && { metadata }),
      spec: podSpec(settings),
    },
  };
}

function imageOf({ image, imageCatalog }: PoolerSettings) {
  if (!imageCatalog) return { image };
  const { key = "pgbouncer" } = imageCatalog;
  return { imageCatalogRef: { ...catalogReference(imageCatalog), key } };
}

function certificates({
  serverTlsSecret,
  serverCaSecret,
  clientTlsSecret,
  clientCaSecret,
}: PoolerCertificatesArgs) {
  return {
    ...(serverTlsSecret !== undefined && {
      serverTLSSecret: { name: serverTlsSecret },
      authQuery: POOLER_QUERY,
    }),
    ...(serverCaSecret !== undefined && { serverCASecret: { name: serverCaSecret } }),
    ...(clientTlsSecret !== undefined && { clientTLSSecret: { name: clientTlsSecret } }),
    ...(clientCaSecret !== undefined && { clientCASecret: { name: clientCaSecret } }),
  };
}

function podMetadata({ labels, annotations = {} }: PoolerSettings) {
  const metadata = {
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
  return Object.keys(metadata).length > 0 ? metadata : undefined;
}

function podSpec({ poolerName, resources, placement, imagePullSecrets = [] }: PoolerSettings) {
  const { nodeSelector, tolerations = [], priorityClassName } = placement;
  const constraints = spreadConstraints(poolerName, placement);
  return {
    // The operator finds both by these names. A pod is Guaranteed only if its init containers are, too.
    containers: [{ name: "pgbouncer", resources: limited(resources) }],
    initContainers: [{ name: "bootstrap-controller", resources: limited(resources) }],
    ...pullSecrets(imagePullSecrets),
    ...(constraints.length > 0 && { topologySpreadConstraints: constraints }),
    nodeSelector,
    tolerations: [...lostNodeTolerations(STATELESS_TOLERATIONS), ...tolerations],
    priorityClassName,
  };
}

/**
 * Constraints by which two pods never share a node while another node is free. Unlike required anti-affinity this
 * neither blocks a rollout on as many nodes as there are pods, nor leaves a pod pending when only one node is left.
 */
function spreadConstraints(name: string, { hostSpread, zoneSpread }: PoolerPlacementArgs) {
  const over = (topologyKey: string, spread: Spread = Spread.Required) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: spread === Spread.Required ? "DoNotSchedule" : "ScheduleAnyway",
    // A node that is drained or lost runs no pod, and must not count as an empty one either.
    nodeTaintsPolicy: "Honor",
    labelSelector: { matchLabels: poolerPodLabels(name) },
    // Or the pods of the last revision would count in a rollout.
    matchLabelKeys: ["pod-template-hash"],
  });
  return [
    ...(hostSpread === Spread.Off ? [] : [over("kubernetes.io/hostname", hostSpread)]),
    ...(zoneSpread === Spread.Off ? [] : [over("topology.kubernetes.io/zone", zoneSpread)]),
  ];
}

/** A NetworkPolicy that allows only the named clients to connect. Outgoing connections are not restricted. */
export function poolerNetworkPolicySpec(
  name: string,
  args: PoolerNetworkPolicyArgs = {},
  exposed: PoolerExposedArgs[] = [],
): k8s.types.input.networking.v1.NetworkPolicySpec {
  return {
    podSelector: { matchLabels: poolerPodLabels(name) },
    policyTypes: ["Ingress"],
    ingress: [
      ...admit(clientPeers(args), POOLER_PORT),
      ...admit(exposedPeers(exposed), POOLER_PORT),
      ...admit(args.metricsFrom ?? [{ namespaceSelector: {} }], POOLER_METRICS_PORT),
    ],
  };
}

/** A budget that allows one pod at a time to be evicted, and a pod that does not work at any time. */
export function poolerDisruptionBudgetSpec(
  name: string,
): k8s.types.input.policy.v1.PodDisruptionBudgetSpec {
  return {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: "AlwaysAllow",
    selector: { matchLabels: poolerPodLabels(name) },
  };
}
