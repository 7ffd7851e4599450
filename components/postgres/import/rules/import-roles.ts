import { rule } from "../../../contract/rule";
import { duplicates } from "./duplicates";
import { ImportMethod, type ImportContentArgs } from "../args";

export interface ImportedRoles {
  database: { owner: string };
  import: { method: ImportMethod };
  declared: { import: Pick<ImportContentArgs, "roles"> };
}

export const importRoles = rule({
  name: "import-roles",
  why: "The operator takes roles along in a monolith alone, and never those that each cluster has of its own.",
  *check({ database, import: { method }, declared }: ImportedRoles, isMalformed) {
    const { roles } = declared.import;
    const path = "import.roles";
    if (roles === undefined || isMalformed(path) || method === ImportMethod.BaseBackup) return;
    if (method === ImportMethod.Microservice) {
      yield {
        path,
        value: roles,
        reason: "must not be set: a microservice import takes no roles along",
        remedy: `Declare them in roles, or use method ${ImportMethod.Monolith}`,
      };
      return;
    }
    yield* duplicates(path, roles);
    if (roles.includes("*") && roles.length > 1) {
      yield {
        path,
        value: roles,
        reason: 'has "*" for all roles, and others beside it',
        remedy: 'Use ["*"] alone, or name the roles',
      };
    }
    for (const [index, name] of roles.entries()) {
      const reason =
        name === database.owner
          ? "is created with the cluster, as the owner of its database, with its own password"
          : /^(postgres|streaming_replica|pg_.*|cnpg_.*)$/.test(name)
            ? "is in every cluster already, and is not imported"
            : undefined;
      if (reason === undefined) continue;
      yield { path: `${path}[${index}]`, value: name, reason, remedy: "Remove it" };
    }
  },
});
