import { rule } from "../../../contract/rule";
import type { Violation } from "../../../contract/violation";
import { ImportMethod, type ImportContentArgs, type ImportedDatabaseArgs } from "../args";

export interface BaseBackup {
  import: { method: ImportMethod };
  declared: { import: ImportContentArgs; database: Partial<ImportedDatabaseArgs> };
}

const OF_DATABASE = ["encoding", "localeProvider", "locale", "dataChecksums"] as const;

export const baseBackupWhole = rule({
  name: "base-backup-whole",
  why: "A base backup is all files of a server, of which nothing can be left out or changed.",
  *check({ import: { method }, declared }: BaseBackup) {
    if (method !== ImportMethod.BaseBackup) return;
    for (const [name, value] of Object.entries(declared.import)) {
      if (name === "method") continue;
      yield refused(`import.${name}`, value, "has every database and every role of the server");
    }
    for (const name of OF_DATABASE) {
      const value = declared.database[name];
      if (value === undefined) continue;
      yield refused(`database.${name}`, value, "has it from the server, page by page");
    }
  },
});

function refused(path: string, value: unknown, why: string): Violation {
  return {
    path,
    value,
    reason: `must not be set with method ${ImportMethod.BaseBackup}, which ${why}`,
    remedy: `Remove it, or use ${ImportMethod.Microservice} or ${ImportMethod.Monolith}`,
  };
}
