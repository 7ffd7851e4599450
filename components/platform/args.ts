import type { BarmanCloudPluginArgs } from "../operators/barman-cloud-plugin/args";
import type { CertManagerArgs } from "../operators/cert-manager/args";
import type { ChaosMeshArgs } from "../operators/chaos-mesh/args";
import type { CloudNativePgOperatorArgs } from "../operators/cloudnative-pg/args";
import type { Mirror } from "../operators/release/args";
import type { PrometheusStackArgs } from "../operators/prometheus-stack/args";
import type { RookCephOperatorArgs } from "../operators/rook-ceph-operator/args";
import type { SealedSecretsControllerArgs } from "../operators/sealed-secrets-controller/args";
import type { TraefikArgs } from "../operators/traefik/args";
import type { RookCephArgs } from "../storage/rook-ceph/args";

/**
 * Arguments of {@link Platform}: the parts to install, each with its own arguments. `{}` is a part with its defaults; a part
 * that is not set is not installed, except CloudNativePG.
 */
export interface PlatformArgs {
  /**
   * Version of Kubernetes, `"1.35"` or longer. Operators known not to work on it are refused.
   *
   * @default - not checked
   */
  kubernetesVersion?: string;
  /**
   * Majors of PostgreSQL that clusters on this platform run. A major that the operator does not support is refused.
   *
   * @default - not checked
   */
  postgresMajors?: number[];
  /**
   * Registries that replace the public ones, for every part that does not set its own.
   *
   * @default - the public ones
   */
  mirror?: Mirror;
  /**
   * CloudNativePG, which creates the databases and fails them over.
   *
   * @default - installed; `{ install: false }` is for an operator that exists already
   */
  cloudNativePg?: CloudNativePgOperatorArgs;
  /** cert-manager, which issues and renews certificates. @default - not installed */
  certManager?: CertManagerArgs;
  /** CloudNativePG's plugin for backups and WAL archives. It needs `certManager`. @default - not installed */
  barmanCloudPlugin?: BarmanCloudPluginArgs;
  /** The controller that unseals SealedSecrets. @default - not installed */
  sealedSecrets?: SealedSecretsControllerArgs;
  /** Rook's operator for Ceph. @default - not installed */
  rookCephOperator?: RookCephOperatorArgs;
  /** A Ceph cluster with pools and StorageClasses. It needs `rookCephOperator`. @default - none */
  rookCeph?: RookCephArgs;
  /** Prometheus, Alertmanager and Grafana. @default - not installed */
  prometheusStack?: PrometheusStackArgs;
  /** Chaos Mesh, for failover drills. @default - not installed */
  chaosMesh?: ChaosMeshArgs;
  /** Traefik, an ingress controller. @default - not installed */
  traefik?: TraefikArgs;
}
