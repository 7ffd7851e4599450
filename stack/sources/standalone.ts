import type { BackupStore, SourceParametersArgs } from "../../components";
import type { Context, SourceCluster } from "../databases/databases";
import { namespaceOf } from "../declared";
import type { RecoveryConfig, ReplicaConfig } from "../databases/schema";
import type { StackConfig } from "../schema";
import { takenFromSource } from "./like-source";

type CopyConfig = RecoveryConfig | ReplicaConfig;

/** What a copy of a cluster of the stack is declared with once that cluster is no longer there. */
export interface StandaloneConfig {
  source: {
    serverName: SourceCluster["backupServerName"];
    parameters?: SourceParametersArgs | undefined;
    store?: BackupStore;
  };
  database: { name: string; owner: string };
  [taken: string]: unknown;
}

/** Returns the keys of the databases that take something from another one of the stack. */
export function dependentCopies(stack: StackConfig): [string, CopyConfig][] {
  return [...Object.entries(stack.recoveries), ...Object.entries(stack.replicas)].filter(
    ([, { source }]) => source.cluster !== undefined,
  );
}

/**
 * Returns what a copy has to be declared with in place of `source.cluster`, so that it stays as it is without that cluster: its
 * archive, and everything that it takes from it. It is an output of each deployment, because the file alone no longer tells
 * it once the cluster is removed.
 */
export function standaloneConfig(
  stack: StackConfig,
  config: CopyConfig,
  { sourceParameters, sourceDatabase }: Pick<Context, "sourceParameters" | "sourceDatabase">,
  { backupServerName }: Pick<SourceCluster, "backupServerName">,
): StandaloneConfig {
  const { cluster = "", ...rest } = config.source;
  const original = stack.clusters[cluster];
  const backup = original?.backup === false ? undefined : original?.backup;
  const namespace = namespaceOf(stack, { config });
  const database = sourceDatabase(cluster);
  return {
    source: {
      ...rest,
      serverName: backupServerName,
      parameters: sourceParameters(cluster),
      ...(backup?.store && { store: backup.store }),
    },
    database: {
      ...config.database,
      name: config.database?.name ?? database?.name ?? "",
      owner: config.database?.owner ?? database?.owner ?? "",
    } as StandaloneConfig["database"],
    ...(config.namespace === undefined && namespace !== stack.namespace && { namespace }),
    ...takenFromSource(stack, config),
  };
}
