/** CPU and memory of a pod, requests and limits alike: such a pod is the last to be evicted from a full node. */
export interface PodResources {
  /** Cores: `"250m"`, `"1"`. */
  cpu: string;
  /** Bytes with their unit: `"256Mi"`. */
  memory: string;
}

/** Limits that are above what a pod requests. Such a pod is Burstable: evicted before those that are Guaranteed. */
export interface ResourceLimits {
  /**
   * Cores that it may use while the node has them free, or `"none"` for as many as there are.
   *
   * @default - `cpu`, what it requests
   */
  cpu?: string;
  /**
   * Memory at which it is killed. What it uses beyond its request may be taken away when the node runs short.
   *
   * @default - `memory`, what it requests
   */
  memory?: string;
}

/** The container resources of a Guaranteed pod. */
export function guaranteed({ cpu, memory }: PodResources) {
  return { requests: { cpu, memory }, limits: { cpu, memory } };
}

/** The container resources with limits apart, as far as they are. */
export function limited({ cpu, memory, limits = {} }: PodResources & { limits?: ResourceLimits }) {
  const most = limits.cpu ?? cpu;
  return {
    requests: { cpu, memory },
    limits: { ...(most !== "none" && { cpu: most }), memory: limits.memory ?? memory },
  };
}
