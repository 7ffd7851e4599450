import type { PodResources, ResourceLimits } from "../../../kubernetes/pod-resources";

/** The size of a huge page. */
export const HugePageSize = {
  /** 2 MiB. */
  TwoMiB: "2Mi",
  /** 1 GiB. */
  OneGiB: "1Gi",
} as const;

export type HugePageSize = (typeof HugePageSize)[keyof typeof HugePageSize];

/** Huge pages of each instance, which its nodes must have set aside. */
export interface ClusterHugePagesArgs {
  /** Size of a page. */
  size: HugePageSize;
  /** All pages together, such as `"4Gi"`: at least `shared_buffers` and a tenth. They do not count as `memory`. */
  amount: string;
}

/** Memory and CPU of each instance. A change restarts the instances one by one. */
export interface ClusterResourcesArgs extends PodResources {
  /**
   * Limits that differ from the requests. PostgreSQL's settings follow from the requests, which the node guarantees.
   *
   * @default - the requests, so that the pods are Guaranteed. Others are warned of, and refused by the policy pack of `prod`
   */
  limits?: ResourceLimits;
  /**
   * Huge pages for shared buffers, which spare a large instance page tables.
   *
   * @default - none
   * @see https://kubernetes.io/docs/tasks/manage-hugepages/scheduling-hugepages/
   */
  hugePages?: ClusterHugePagesArgs;
}
