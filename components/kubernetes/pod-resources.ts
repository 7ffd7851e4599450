/** CPU and memory of a pod, requests and limits alike: such a pod is the last to be evicted from a full node. */
export interface PodResources {
  /** Cores: `"250m"`, `"1"`. */
  cpu: string;
  /** Bytes with their unit: `"256Mi"`. */
  memory: string;
}

/** The container resources of a Guaranteed pod. */
export function guaranteed({ cpu, memory }: PodResources) {
  return { requests: { cpu, memory }, limits: { cpu, memory } };
}
