import type { BackupEncryption } from "../../../backup/args";
import type { BackupStore } from "../../../backup/args/store";
import { rule } from "../../../contract/rule";
import { storeRules } from "../../cluster/rules/backup/of-store";
import { storeFeatures } from "../../cluster/rules/backup/store-features";

export const logicalBackupStore = rule({
  name: "logical-backup-store",
  why: "A dump that cannot be sent is worth nothing.",
  *check({ store, encryption }: { store?: BackupStore; encryption?: BackupEncryption }) {
    if (store === undefined) return;
    for (const storeRule of [...storeRules, storeFeatures]) {
      for (const violation of storeRule.check({ backup: { store, encryption } })) {
        yield { ...violation, path: violation.path.replace(/^backup\./, "") };
      }
    }
  },
});

export const logicalBackupFiles = rule({
  name: "logical-backup-files",
  why: "The `files` of a cluster are in its pods, and not in those of dumps.",
  *check({ store }: { store?: BackupStore }) {
    for (const [name, value] of Object.entries(store?.environment ?? {})) {
      if (!/^\/projected(\/|$)/.test(value)) continue;
      yield {
        path: `store.environment.${name}`,
        value,
        reason: "is one of the files of the cluster, which the pods of dumps do not have",
        remedy: "Send dumps to a store that needs no such file",
      };
    }
  },
});
