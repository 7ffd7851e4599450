/** The fields of Kubernetes objects that the watch reads. */

export interface Metadata {
  name: string;
  namespace: string;
  uid: string;
  resourceVersion: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface Cluster {
  metadata: Metadata;
  spec: {
    replica?: { enabled?: boolean; primary?: string; self?: string; source?: string };
    nodeMaintenanceWindow?: { inProgress?: boolean };
  };
  status?: { phase?: string; currentPrimary?: string; targetPrimary?: string };
}

export interface Pod {
  metadata: Metadata;
  spec: { nodeName?: string };
  status?: {
    podIP?: string;
    phase?: string;
    conditions?: { type: string; status: string }[];
  };
}

export interface Lease {
  metadata: Pick<Metadata, "name" | "annotations"> & { resourceVersion?: string };
  spec: { holderIdentity?: string; acquireTime?: string; renewTime?: string };
}

export interface List<T> {
  items: T[];
}

/** An object among all that the watch looks at: `shop/orders`. */
export function pathOf({ metadata: { namespace, name } }: { metadata: Metadata }): string {
  return `${namespace}/${name}`;
}

export function isReady({ status }: Pod): boolean {
  return (
    status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false
  );
}

/** The instances of a cluster. */
export function instancesOf(cluster: Cluster, pods: readonly Pod[]): Pod[] {
  const { name, namespace } = cluster.metadata;
  return pods.filter(
    ({ metadata }) =>
      metadata.namespace === namespace && metadata.labels?.["cnpg.io/cluster"] === name,
  );
}
