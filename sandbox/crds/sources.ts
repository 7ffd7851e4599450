/** Where the definitions of one project's kinds come from. */
export interface CrdSource {
  /** Name of the files made from it: `schemas/<name>.json` and `<name>.ts`. */
  name: string;
  /** The Go module that carries the definitions. */
  module: string;
  /** Folder below `sandbox/toolchain/` whose go.mod pins the module: the version that the sandbox runs. */
  toolchain: string;
  /** Folder of the definitions inside the module. */
  folder: string;
  /** Kind to file name: only the kinds that something here declares or reads. */
  files: Record<string, string>;
}

export const CRD_SOURCES: CrdSource[] = [
  {
    name: "cloudnative-pg",
    module: "github.com/cloudnative-pg/cloudnative-pg",
    toolchain: "cloudnative-pg",
    folder: "config/crd/bases",
    files: {
      Cluster: "postgresql.cnpg.io_clusters.yaml",
      Pooler: "postgresql.cnpg.io_poolers.yaml",
      Database: "postgresql.cnpg.io_databases.yaml",
      Backup: "postgresql.cnpg.io_backups.yaml",
      ScheduledBackup: "postgresql.cnpg.io_scheduledbackups.yaml",
    },
  },
];
