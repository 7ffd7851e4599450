const GB = 1e9;

/** etcd, the API server and what else a cluster has once; of one with three nodes it is 6 GB in all. */
const once = 3 * GB;

/** A node with an instance of a small database on it. */
const eachNode = 1 * GB;

/** The bytes that must be free for a cluster of so many nodes. */
export function memoryOfCluster(nodes: number): number {
  return once + memoryOfNodes(nodes);
}

/** The bytes that must be free for so many nodes more. */
export function memoryOfNodes(nodes: number): number {
  return nodes * eachNode;
}
