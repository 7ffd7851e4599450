import type { Cluster, Pod } from "../../../../../../components/postgres/watch/program/objects";

/** A healthy cluster of three, whose primary is `orders-1`. */
export function cluster(change: Partial<Cluster> = {}): Cluster {
  return {
    metadata: { name: "orders", namespace: "shop", uid: "of-orders", resourceVersion: "7" },
    spec: {},
    status: {
      phase: "Cluster in healthy state",
      currentPrimary: "orders-1",
      targetPrimary: "orders-1",
    },
    ...change,
  };
}

/** Instance `orders-N` on `nodeN`, ready. */
export function instance(
  number: number,
  change: { node?: string; ready?: boolean; deleted?: boolean; version?: string } = {},
): Pod {
  const { node = `node${number}`, ready = true, deleted = false, version = "1.30.1" } = change;
  return {
    metadata: {
      name: `orders-${number}`,
      namespace: "shop",
      uid: `uid-${number}`,
      resourceVersion: "1",
      labels: { "cnpg.io/cluster": "orders" },
      annotations: { "cnpg.io/operatorVersion": version },
      ...(deleted && { deletionTimestamp: "2026-11-26T00:00:00Z" }),
    },
    spec: { nodeName: node },
    status: {
      podIP: `10.244.${number}.2`,
      conditions: [{ type: "Ready", status: ready ? "True" : "False" }],
    },
  };
}

export const three = (): Pod[] => [instance(1, { ready: false }), instance(2), instance(3)];
