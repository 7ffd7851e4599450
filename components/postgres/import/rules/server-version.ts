import { rule } from "../../../contract/rule";
import { ImportMethod, type ImportServerArgs } from "../args";

export interface ImportVersions {
  version: number;
  server: Pick<ImportServerArgs, "version">;
  import: { method: ImportMethod };
}

export const serverVersion = rule({
  name: "server-version",
  why: "`pg_dump` reads no server that is newer than itself, and files belong to one major version.",
  *check({ version, server, import: { method } }: ImportVersions) {
    const { version: from } = server;
    if (from === undefined) return;
    if (method === ImportMethod.BaseBackup && from !== version) {
      yield {
        path: "version",
        value: version,
        reason: `must be ${from}, the version of the server: no other can read its files`,
        remedy: `Use ${from} and upgrade afterwards, or import by ${ImportMethod.Microservice} or ${ImportMethod.Monolith}`,
      };
    }
    if (method !== ImportMethod.BaseBackup && from > version) {
      yield {
        path: "version",
        value: version,
        reason: `must be at least ${from}, the version of the server: pg_dump reads no newer one than itself`,
        remedy: `Use ${from} or higher`,
      };
    }
  },
});
