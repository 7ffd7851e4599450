import { contract } from "../../contract/contract";
import { clusterRules } from "../cluster/rules";
import { emptyDatabaseValues, type EmptyDatabaseValues } from "../cluster/values";
import { commonValues, type CommonValues } from "../cluster/values-common";
import {
  ImportMethod,
  ImportSslMode,
  type ImportContentArgs,
  type ImportedClusterArgs,
  type ImportedDatabaseArgs,
  type ImportServerArgs,
} from "./args";
import { importRules } from "./rules";
import { importedClusterSchema } from "./schema";

/** An ImportedCluster with every default filled in. It has no SQL of its own, and its extensions come with the data. */
export interface ImportedValues extends CommonValues {
  database: EmptyDatabaseValues;
  server: ImportServerArgs & Required<Pick<ImportServerArgs, "port" | "sslMode">>;
  import: ImportContentArgs &
    Required<Pick<ImportContentArgs, "method" | "databases" | "roles" | "schemaOnly">>;
  /** What the arguments say of the import, for rules about what does not go together. */
  declared: { import: ImportContentArgs; database: Partial<ImportedDatabaseArgs> };
  /** Whether undeclared roles may come with the data. */
  rolesInData: boolean;
  timeout: string;
}

/** The contract of ImportedCluster. */
export const importedCluster = contract<ImportedClusterArgs, ImportedValues>({
  component: "ImportedCluster",
  schema: importedClusterSchema,
  rules: [...clusterRules, ...importRules],
  fill: (args, name) => {
    const common = commonValues(name, args);
    // Either may be missing if it is malformed.
    const database = (args.database as ImportedDatabaseArgs | undefined) ?? {};
    const server = (args.server as ImportServerArgs | undefined) ?? { host: "", user: "" };
    const content = args.import ?? {};
    const method = content.method ?? ImportMethod.Microservice;
    const filled = emptyDatabaseValues(common.version, database);
    return {
      ...common,
      database: filled,
      server: {
        ...server,
        port: server.port ?? 5432,
        sslMode:
          server.sslMode ?? (server.caSecret ? ImportSslMode.VerifyFull : ImportSslMode.Require),
      },
      import: {
        ...content,
        method,
        databases: content.databases ?? [filled.name],
        roles: content.roles ?? ["*"],
        schemaOnly: content.schemaOnly ?? false,
      },
      declared: { import: content, database },
      rolesInData: method !== ImportMethod.Microservice,
      timeout: args.timeout ?? "6h",
    };
  },
});
