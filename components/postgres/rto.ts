import type { LostNodeTolerations } from "../kubernetes/lost-node";
import type { RtoPreset } from "./cluster/args/rto";

/**
 * The time until a cluster gives an instance up, as one choice: the lease, the probes, the delays and the tolerations
 * only make sense together.
 *
 * @see https://cloudnative-pg.io/docs/1.30/failover
 */

/** The fields of a Cluster that a preset sets, in seconds. */
export interface RtoSettings {
  primaryLease: {
    leaseDurationSeconds: number;
    renewDeadlineSeconds: number;
    retryPeriodSeconds: number;
    releasedLeaseDurationSeconds: number;
  };
  /** Time for an unhealthy primary to recover. */
  failoverDelay: number;
  /** Time for a primary to stop during a switchover, before it is forced to. */
  switchoverDelay: number;
  /** Time that a stopping instance waits for its clients to disconnect. */
  smartShutdownTimeout: number;
  /** Time for an instance to stop before it is killed. Includes `smartShutdownTimeout`. */
  stopDelay: number;
  /** Time for an instance to start before it is killed. */
  startDelay: number;
  /** Time for which a primary may fail its liveness probe, by which an isolated one stops itself. */
  livenessProbeTimeout: number;
  /** Time for a container to stop after its liveness probe has failed, regardless of `stopDelay`. */
  livenessGracePeriod: number;
  /** Time that a pod stays on a lost node. The operator fails over as soon as the primary's pod is marked as deleted. */
  lostNode: LostNodeTolerations;
  primaryUpdateMethod: "restart" | "switchover";
  primaryUpdateStrategy: "unsupervised";
}

/** The settings of PostgreSQL that belong to a preset. */
export interface RtoParameters {
  /**
   * How soon a replica looks again for the new primary. With synchronous replication no commit is acknowledged until one
   * has found it.
   */
  wal_retrieve_retry_interval: string;
}

/** CloudNativePG probes every 10 s and allows 5 s for the answer. */
export const LIVENESS_PERIOD_SECONDS = 10;
export const LIVENESS_TIMEOUT_SECONDS = 5;

/**
 * The shortest time after which a control plane declares a silent node lost: `node-monitor-grace-period`, 40 s by
 * default until Kubernetes 1.31 and 50 s since.
 */
export const NODE_LOSS_SECONDS = 40;

// The start includes crash recovery and the cloning of a whole database. Killing either only makes it start over.
const START_DELAY = 3600;

const SETTINGS: Readonly<Record<RtoPreset, RtoSettings>> = {
  fast: {
    primaryLease: {
      leaseDurationSeconds: 4,
      renewDeadlineSeconds: 3,
      retryPeriodSeconds: 1,
      releasedLeaseDurationSeconds: 1,
    },
    failoverDelay: 0,
    switchoverDelay: 60,
    smartShutdownTimeout: 0,
    stopDelay: 120,
    startDelay: START_DELAY,
    livenessProbeTimeout: 20,
    livenessGracePeriod: 10,
    lostNode: { notReady: 30, unreachable: 0 },
    primaryUpdateMethod: "switchover",
    primaryUpdateStrategy: "unsupervised",
  },
  balanced: {
    primaryLease: {
      leaseDurationSeconds: 5,
      renewDeadlineSeconds: 3,
      retryPeriodSeconds: 1,
      releasedLeaseDurationSeconds: 1,
    },
    failoverDelay: 0,
    switchoverDelay: 600,
    smartShutdownTimeout: 0,
    stopDelay: 300,
    startDelay: START_DELAY,
    livenessProbeTimeout: 20,
    livenessGracePeriod: 10,
    lostNode: { notReady: 60, unreachable: 0 },
    primaryUpdateMethod: "restart",
    primaryUpdateStrategy: "unsupervised",
  },
  patient: {
    primaryLease: {
      leaseDurationSeconds: 60,
      renewDeadlineSeconds: 40,
      retryPeriodSeconds: 15,
      releasedLeaseDurationSeconds: 1,
    },
    failoverDelay: 30,
    switchoverDelay: 3600,
    smartShutdownTimeout: 30,
    stopDelay: 1800,
    startDelay: START_DELAY,
    livenessProbeTimeout: 60,
    livenessGracePeriod: 60,
    lostNode: { notReady: 300, unreachable: 300 },
    primaryUpdateMethod: "restart",
    primaryUpdateStrategy: "unsupervised",
  },
};

export function rtoSettings(preset: RtoPreset): RtoSettings {
  return SETTINGS[preset];
}

/** PostgreSQL's default of 5 s is half of what a failover takes otherwise. */
export function rtoParameters(preset: RtoPreset): RtoParameters {
  return { wal_retrieve_retry_interval: preset === "patient" ? "5s" : "500ms" };
}

/** Seconds within which a primary stops that is cut off from the API server and from its replicas. */
export function isolatedPrimaryStopsWithin(settings: RtoSettings): number {
  const failures = Math.max(1, Math.ceil(settings.livenessProbeTimeout / LIVENESS_PERIOD_SECONDS));
  return (
    failures * LIVENESS_PERIOD_SECONDS + LIVENESS_TIMEOUT_SECONDS + settings.livenessGracePeriod
  );
}

/** Seconds before which no replica is promoted instead of a primary on a lost node. */
export function promotionComesAfter(settings: RtoSettings): number {
  return NODE_LOSS_SECONDS + settings.failoverDelay + settings.primaryLease.leaseDurationSeconds;
}
