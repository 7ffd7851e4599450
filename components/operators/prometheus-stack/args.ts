import type * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { OperatorArgs } from "../release/args";

/** A volume of each pod of Prometheus or Alertmanager. */
export interface MonitoringStorageArgs {
  /**
   * Size with its unit, as in `"50Gi"`. **Changing it takes effect on new volumes only.**
   *
   * @default "50Gi" for Prometheus, "5Gi" for Alertmanager
   */
  size?: string;
  /**
   * StorageClass of the volume. **Changing it takes effect on new volumes only.**
   *
   * @default - the cluster's default class
   */
  storageClass?: pulumi.Input<string>;
}

/** Prometheus itself. */
export interface PrometheusArgs {
  /**
   * Pods that each scrape everything. Changing it restarts none.
   *
   * @default 2, so that an upgrade or a lost node leaves no gap in alerts
   */
  replicas?: number;
  /**
   * How long metrics are kept, as Prometheus writes it: `"15d"`, `"1w"`, `"36h"`.
   *
   * @default "15d"
   */
  retention?: string;
  /**
   * Volume of each pod. The oldest metrics go when they fill four fifths of it, before a full volume stops Prometheus.
   *
   * @default - 50Gi of the default StorageClass
   */
  storage?: MonitoringStorageArgs;
  /**
   * CPU and memory of each pod, requests and limits alike. Changing it restarts them, one after the other.
   *
   * @default 1 core and 4Gi
   */
  resources?: PodResources;
}

/** Alertmanager, which tells of alerts. */
export interface AlertmanagerArgs {
  /**
   * Pods, which tell each other whom they have told.
   *
   * @default 3
   */
  replicas?: number;
  /**
   * Volume of each pod, for silences and what was sent.
   *
   * @default - 5Gi of the default StorageClass
   */
  storage?: MonitoringStorageArgs;
  /**
   * CPU and memory of each pod, requests and limits alike. Changing it restarts them, one after the other.
   *
   * @default 100m and 128Mi
   */
  resources?: PodResources;
}

/** A Secret that is there, with Grafana's first login. */
export interface GrafanaAdminSecretArgs {
  /** Its name, in the stack's namespace. */
  name: pulumi.Input<string>;
  /**
   * Key of the user's name.
   *
   * @default "admin-user"
   */
  userKey?: string;
  /**
   * Key of the password.
   *
   * @default "admin-password"
   */
  passwordKey?: string;
}

/** Grafana, with dashboards of the cluster. */
export interface GrafanaArgs {
  /**
   * Whether it is installed.
   *
   * @default true
   */
  enabled?: boolean;
  /**
   * A Secret of your own with the first login. Grafana reads it at its first start only.
   *
   * @default - generated: user "admin", and a password in the Secret that `grafanaSecretName` names
   */
  adminSecret?: GrafanaAdminSecretArgs;
  /**
   * CPU and memory of the pod, requests and limits alike. Changing it restarts Grafana.
   *
   * @default 250m and 512Mi
   */
  resources?: PodResources;
}

/** Arguments of {@link PrometheusStack}. The namespace is "monitoring" by default. */
export interface PrometheusStackArgs extends OperatorArgs {
  /**
   * CPU and memory of the operator, requests and limits alike. Changing it restarts the operator only.
   *
   * @default 200m and 256Mi
   */
  resources?: PodResources;
  /**
   * Prometheus itself.
   *
   * @default - two replicas with 15 days on 50Gi
   */
  prometheus?: PrometheusArgs;
  /**
   * Alertmanager, which tells of alerts.
   *
   * @default - three replicas
   */
  alertmanager?: AlertmanagerArgs;
  /**
   * Grafana.
   *
   * @default - with Grafana and a password of its own
   */
  grafana?: GrafanaArgs;
  /**
   * Whether every node tells of its CPU, memory and disks. Its pods see the host, so the namespace must let them.
   *
   * @default true
   */
  nodeExporter?: boolean;
  /**
   * Whether the state of Kubernetes' objects becomes metrics.
   *
   * @default true
   */
  kubeStateMetrics?: boolean;
  /**
   * PriorityClass of the operator, of Prometheus and of Alertmanager. It must exist.
   *
   * @default - the cluster's default priority
   */
  priorityClassName?: pulumi.Input<string>;
}
