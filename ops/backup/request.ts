import { BARMAN_CLOUD } from "../../components/upstream/cloudnative-pg.ts";

/**
 * The object that requests a base backup into the archive, for `kubectl create`. It is taken from the primary, which
 * completes it only when it can be restored, whatever the cluster's default is.
 */
export function backupRequest(name: string, cluster: string) {
  return {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Backup",
    metadata: { name },
    spec: {
      cluster: { name: cluster },
      method: "plugin",
      pluginConfiguration: { name: BARMAN_CLOUD },
      target: "primary",
    },
  };
}
