import { rule } from "../../../contract/rule";
import { duplicates } from "./duplicates";
import { ImportMethod } from "../args";

export interface ImportedDatabases {
  database: { name: string };
  import: { method: ImportMethod; databases: string[] };
}

const TEMPLATES = /^template[01]$/;

export const importDatabases = rule({
  name: "import-databases",
  why: "A microservice import is one database; a monolith has that of the applications among its own.",
  *check({ database, import: content }: ImportedDatabases, isMalformed) {
    const { method, databases } = content;
    if (method === ImportMethod.BaseBackup) return;
    const path = "import.databases";
    if (isMalformed(path)) return;
    yield* duplicates(path, databases);
    for (const [index, name] of databases.entries()) {
      if (!TEMPLATES.test(name)) continue;
      yield {
        path: `${path}[${index}]`,
        value: name,
        reason: "is a template, and every cluster has its own",
        remedy: "Remove it",
      };
    }
    const all = databases.includes("*");
    if (method === ImportMethod.Microservice) {
      if (databases.length > 1 || all) {
        yield {
          path,
          value: databases,
          reason: "must be exactly one database: a microservice import takes no more",
          remedy: `Use method ${ImportMethod.Monolith}, or an ImportedCluster for each`,
        };
      }
      return;
    }
    if (all && databases.length > 1) {
      yield {
        path,
        value: databases,
        reason: 'has "*" for all databases, and others beside it',
        remedy: 'Use ["*"] alone, or name the databases',
      };
    }
    if (!all && !databases.includes(database.name) && !isMalformed("database")) {
      yield {
        path,
        value: databases,
        reason: `must contain ${database.name}, the name of the cluster's database, which would be empty`,
        remedy: "Add it, or set database.name to one of these",
      };
    }
  },
});
