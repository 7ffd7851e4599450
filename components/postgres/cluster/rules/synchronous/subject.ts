/** What the rules of synchronous replication read. The component's defaults are in it by then; policy knows what is declared. */
export interface SynchronousReplication {
  instances: number;
  synchronous?: {
    method?: string;
    number?: number;
    dataDurability?: string;
    failoverQuorum?: boolean;
  };
}
