import { rule } from "../../../contract/rule";
import { setsPassword } from "../../cluster/rules/database/sql-passwords";
import { ImportMethod, type ImportContentArgs } from "../args";

export interface SqlAfterImport {
  import: Pick<ImportContentArgs, "postImportApplicationSQL"> & { method: ImportMethod };
}

const PATH = "import.postImportApplicationSQL";

export const importSql = rule({
  name: "import-sql",
  why: "SQL after an import is in the Cluster object, where anyone who may read it can see it, and belongs to one database.",
  *check({ import: { method, postImportApplicationSQL: sql = [] } }: SqlAfterImport) {
    if (method === ImportMethod.Monolith && sql.length > 0) {
      yield {
        path: PATH,
        value: "[not shown]",
        reason: "is run after a microservice import only: a monolith has no one database for it",
        remedy: "Remove it, and run the SQL once the cluster serves",
      };
    }
    // Malformed ones are holes.
    yield* sql.flatMap((text, index) =>
      setsPassword(text)
        ? [
            {
              path: `${PATH}[${index}]`,
              value: "[not shown]",
              reason: "sets a password, which anyone who may read the Cluster could see",
              remedy: 'Declare the role in roles with password: "generated" or a passwordSecret',
            },
          ]
        : [],
    );
  },
});
