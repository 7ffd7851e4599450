import type { PodResources } from "../../kubernetes/pod-resources";

/** CPU and memory of the container beside PostgreSQL that reads and writes archives. */
export interface SidecarResources extends PodResources {
  /**
   * Cores that it may use while nobody else needs them: `"2"`, at least `cpu`. In a failover PostgreSQL asks the archive for
   * WAL before it looks elsewhere, several times one after the other, and each answer is a program that has to load: with
   * `cpu` alone that is most of the outage.
   *
   * Beyond `cpu` the pods are no longer Guaranteed but Burstable. Their memory is as certain as before, since all of it is
   * requested; on a node that runs out of memory all the same they come before Guaranteed pods. With the value of `cpu` they
   * are Guaranteed.
   *
   * @default "2", or `cpu` if that is more
   * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
   */
  cpuLimit?: string;
}
