import type * as pulumi from "@pulumi/pulumi";
import type { PoolerCredentials } from "../../components";
import type { StackConfig } from "../schema";

type Databases = Readonly<Record<string, { credentials?: pulumi.Output<PoolerCredentials> }>>;

/**
 * Returns the owner's login that applies in a database: of a replica that of its source, so that the Secrets of its aliases and
 * poolers are there all the time, whichever of a pair has which role. Undefined if this program does not know it.
 */
export function loginOf(
  { replicas }: StackConfig,
  key: string,
  databases: Databases,
): pulumi.Output<PoolerCredentials> | undefined {
  const replica = replicas[key];
  const of = replica && replica.promote !== true ? (replica.source.cluster ?? "") : key;
  return databases[of]?.credentials;
}
