/**
 * The values that the rules of synchronous replication read. Components fill in their defaults before; the policy pack
 * reads declared values.
 */
export interface SynchronousReplication {
  instances: number;
  synchronous?: {
    method?: string;
    number?: number;
    dataDurability?: string;
    failoverQuorum?: boolean;
  };
}
