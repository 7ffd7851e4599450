import type * as pulumi from "@pulumi/pulumi";

/** What is done to the primary, again and again. */
export const PrimaryFault = {
  /** Its pod is deleted by force, as if it had been lost. */
  Kill: "kill",
  /** Its containers are replaced by ones that do nothing, and come back after `duration`. */
  Failure: "failure",
  /** Nothing that it sends leaves its pod. Needs the daemon of Chaos Mesh. */
  Partition: "partition",
  /** What it sends to its replicas arrives later, by `delay`. Needs the daemon of Chaos Mesh. */
  Latency: "latency",
  /** Each access to its volume of data takes longer, by `delay`. Needs the daemon of Chaos Mesh. */
  SlowDisk: "slow-disk",
} as const;
/** What is done to the primary, again and again. */
export type PrimaryFault = (typeof PrimaryFault)[keyof typeof PrimaryFault];

/** Arguments of PrimaryChaos. A change of any of them ends the experiments and begins anew, with the whole of `lasts`. */
export interface PrimaryChaosArgs {
  /**
   * Namespace of the cluster, and the only one that is reached. It must have the annotation
   * `chaos-mesh.org/inject=enabled`, or nothing happens.
   */
  namespace: pulumi.Input<string>;
  /** Name of the cluster: `cluster.name`. Only the pod that is its primary at that moment is reached. */
  cluster: pulumi.Input<string>;
  /**
   * The time after which everything ends by itself, such as `"8h"` for a night: at most `"24h"`, and at least `every`.
   * Required, because an experiment that is forgotten goes on.
   *
   * @see https://chaos-mesh.org/docs/create-chaos-mesh-workflow/
   */
  lasts: string;
  /**
   * Name of the Workflow object, which has a Schedule while it runs.
   *
   * @default - the name of the component
   */
  chaosName?: string;
  /**
   * What is done to the primary.
   *
   * @default PrimaryFault.Kill
   */
  fault?: PrimaryFault;
  /**
   * Time from the beginning of one fault to that of the next, such as `"1m"`, the least. After `duration` there must be a
   * minute for the cluster to become whole again: a failover takes seconds, the return of the old primary up to a minute.
   *
   * @default "5m"
   */
  every?: string;
  /**
   * Time that each fault lasts, at most `"10m"`. A kill is over at once and has none.
   *
   * @default "30s", in which a primary that is gone has been replaced
   */
  duration?: string;
  /**
   * Time by which packets or accesses are late, from `"1ms"` to `"10s"`: only of PrimaryFault.Latency and
   * PrimaryFault.SlowDisk.
   *
   * @default "100ms", that of a replica on another continent
   */
  delay?: string;
  /**
   * Whether there are no experiments for now. When it is no longer set they begin anew.
   *
   * @default false
   */
  paused?: boolean;
}
