const GB = 1e9;

/** The control plane of any cluster. A cluster of three nodes needs 6 GB in total. */
const once = 3 * GB;

/** A node with an instance of a small database. */
const eachNode = 1 * GB;

/** Bytes of free memory that a cluster of this number of nodes needs. */
export function memoryOfCluster(nodes: number): number {
  return once + memoryOfNodes(nodes);
}

/** Bytes of free memory that this number of additional nodes needs. */
export function memoryOfNodes(nodes: number): number {
  return nodes * eachNode;
}
