/** The server connections of a pooler, from the outputs of the program. */
export interface PoolerSizes {
  instances: number;
  databases: number;
  pool: number;
  logins: number;
  share: number;
}

/** How many connections a pooler may open, and why not more. */
export function sizesLine({ instances, databases, pool, logins, share }: PoolerSizes): string {
  const pods = instances === 1 ? "1 pod" : `${instances} pods`;
  const pools = databases === 1 ? `a pool of ${pool}` : `${databases} pools of ${pool}`;
  const total = instances * (databases * pool + logins);
  return `up to ${total} server connections: ${pods}, each with ${pools} and ${logins} to look up passwords, of a share of ${share}`;
}
