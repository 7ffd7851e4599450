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
   * @default 2, so that an upgrade or a lost node causes no gap in alerts
   */
  replicas?: number;
  /**
   * Time that metrics are kept, as Prometheus writes it: `"15d"`, `"1w"`, `"36h"`.
   *
   * @default "15d"
   */
  retention?: string;
  /**
   * Volume of each pod. The oldest metrics are deleted when it is four fifths full, because a full one stops Prometheus.
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

/** Alertmanager, which sends the alerts. */
export interface AlertmanagerArgs {
  /**
   * Pods, which share the notifications that they have sent.
   *
   * @default 3
   */
  replicas?: number;
  /**
   * Volume of each pod, for silences and sent notifications.
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

/** An existing Secret with Grafana's first login. */
export interface GrafanaAdminSecretArgs {
  /** Name of the Secret, in the stack's namespace. */
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
   * Whether Grafana is installed.
   *
   * @default true
   */
  enabled?: boolean;
  /**
   * Your own Secret with the first login. Grafana reads it only at its first start.
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
   * Alertmanager, which sends the alerts.
   *
   * @default - three replicas
   */
  alertmanager?: AlertmanagerArgs;
  /**
   * Grafana.
   *
   * @default - installed, with a generated password
   */
  grafana?: GrafanaArgs;
  /**
   * Whether every node exports metrics of its CPU, memory and disks. The pods see the host, which the namespace must allow.
   *
   * @default true
   */
  nodeExporter?: boolean;
  /**
   * Whether the state of Kubernetes' objects is exported as metrics.
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
