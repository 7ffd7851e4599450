import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { PoolerSpec } from "../../crds/cloudnative-pg";
import { lostNodeTolerations, STATELESS_TOLERATIONS } from "../../kubernetes/lost-node";
import { guaranteed, type PodResources } from "../../kubernetes/pod-resources";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { Spread } from "../cluster/args/pods";
import { admit, clientPeers } from "../../kubernetes/network-peers";
import type {
  PoolerCertificatesArgs,
  PoolerNetworkPolicyArgs,
  PoolerPlacementArgs,
  PoolerType,
  PoolMode,
} from "./args";
import { POOLER_QUERY } from "./login";
import { sizeParameters, type PgBouncerParameters, type PoolerShare } from "./sizes";
import { POOLER_METRICS_PORT, POOLER_PORT } from "../../upstream/cloudnative-pg";

/** Where PgBouncer listens, and where it tells its metrics. */

/** The pods of a pooler, as CloudNativePG labels them. */
export function poolerPodLabels(name: string): Record<string, string> {
  return { "cnpg.io/poolerName": name };
}

/** PgBouncer's settings: those that make failover fast and the sums come out right, and what the user chose. */
export function poolerParameters(
  poolMode: string,
  share: PoolerShare,
  chosen: PgBouncerParameters = {},
): Record<string, string> {
  return {
    // PgBouncer's own 100 would turn clients away that cost it a few kilobytes each.
    max_client_conn: "1000",
    // The cluster takes TLS only; so does the way to it.
    client_tls_sslmode: "require",
    // Seconds until the next try after a failed connection: PgBouncer's 15 would come on top of every failover.
    server_login_retry: "1",
    // Seconds. A lost node answers nothing at all, and 15 of them is what its clients would wait.
    server_connect_timeout: "5",
    // Milliseconds after which a connection to a lost node is given up, instead of Linux's quarter of an hour.
    tcp_user_timeout: "10000",
    // Drivers prepare statements by themselves, and in transaction mode PgBouncer has to know of them.
    ...(poolMode === "transaction" && { max_prepared_statements: "200" }),
    ...chosen,
    ...sizeParameters(share, chosen),
  };
}

/** What a Pooler object is made of. */
export interface PoolerSettings {
  poolerName: string;
  cluster: pulumi.Input<string>;
  type: PoolerType;
  poolMode: PoolMode;
  instances: number;
  parameters: pulumi.Input<Record<string, string>>;
  resources: PodResources;
  image: string;
  placement: PoolerPlacementArgs;
  certificates: PoolerCertificatesArgs;
  labels: Record<string, string>;
}

/** @see https://cloudnative-pg.io/docs/1.30/connection_pooling */
export function poolerSpec(settings: PoolerSettings): WithInputs<PoolerSpec> {
  const { poolMode, image, parameters, labels } = settings;
  return {
    cluster: { name: settings.cluster },
    type: settings.type,
    instances: settings.instances,
    pgbouncer: { poolMode, image, parameters, ...certificates(settings.certificates) },
    // An instance more during a rollout would open its share of connections on top of the others'.
    deploymentStrategy: {
      type: "RollingUpdate",
      rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
    },
    template: {
      ...(Object.keys(labels).length > 0 && { metadata: { labels } }),
      spec: podSpec(settings),
    },
  };
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

function podSpec({ poolerName, resources, placement }: PoolerSettings) {
  const { nodeSelector, tolerations = [], priorityClassName } = placement;
  const constraints = spreadConstraints(poolerName, placement);
  return {
    // The operator finds both by these names. A pod is Guaranteed only if its init containers are, too.
    containers: [{ name: "pgbouncer", resources: guaranteed(resources) }],
    initContainers: [{ name: "bootstrap-controller", resources: guaranteed(resources) }],
    ...(constraints.length > 0 && { topologySpreadConstraints: constraints }),
    ...(nodeSelector !== undefined && { nodeSelector }),
    tolerations: [...lostNodeTolerations(STATELESS_TOLERATIONS), ...tolerations],
    ...(priorityClassName !== undefined && { priorityClassName }),
  };
}

/**
 * Never two pods on one node while another node is free. Unlike required anti-affinity this neither blocks a rollout on
 * as many nodes as there are pods, nor leaves a pod pending when only one node is left.
 */
function spreadConstraints(name: string, { hostSpread, zoneSpread }: PoolerPlacementArgs) {
  const over = (topologyKey: string, spread: Spread = Spread.Required) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: spread === Spread.Required ? "DoNotSchedule" : "ScheduleAnyway",
    // A node that is drained or lost takes no pod, and must not count as an empty one either.
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

/** Who may connect; nobody else may. Outgoing connections are free. */
export function poolerNetworkPolicySpec(
  name: string,
  args: PoolerNetworkPolicyArgs = {},
): k8s.types.input.networking.v1.NetworkPolicySpec {
  return {
    podSelector: { matchLabels: poolerPodLabels(name) },
    policyTypes: ["Ingress"],
    ingress: [
      ...admit(clientPeers(args), POOLER_PORT),
      ...admit(args.metricsFrom ?? [{ namespaceSelector: {} }], POOLER_METRICS_PORT),
    ],
  };
}

/** One pod at a time may be evicted, and a pod that does not work at any time. */
export function poolerDisruptionBudgetSpec(
  name: string,
): k8s.types.input.policy.v1.PodDisruptionBudgetSpec {
  return {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: "AlwaysAllow",
    selector: { matchLabels: poolerPodLabels(name) },
  };
}
