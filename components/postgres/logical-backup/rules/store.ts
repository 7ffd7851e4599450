import type { BackupStore } from "../../../backup/args/store";
import { rule } from "../../../contract/rule";
import { storeRules } from "../../cluster/rules/backup/of-store";

export const logicalBackupStore = rule({
  name: "logical-backup-store",
  why: "A dump that cannot be sent is worth nothing.",
  *check({ store }: { store?: BackupStore }) {
    if (store === undefined) return;
    for (const storeRule of storeRules) {
      for (const violation of storeRule.check({ backup: { store } })) {
        yield { ...violation, path: violation.path.replace(/^backup\./, "") };
      }
    }
  },
});
