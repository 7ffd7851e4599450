import { baseBackupWhole } from "./base-backup-whole";
import { importDatabases } from "./import-databases";
import { importOptions } from "./import-options";
import { importRoles } from "./import-roles";
import { importSql } from "./import-sql";
import { serverLogin } from "./server-login";
import { serverVersion } from "./server-version";

/** The rules for an ImportedCluster, beside those for every cluster. */
export const importRules = [
  serverLogin,
  serverVersion,
  importDatabases,
  importRoles,
  importOptions,
  importSql,
  baseBackupWhole,
];
