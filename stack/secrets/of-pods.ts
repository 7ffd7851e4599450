import type { DatabaseConfig } from "../databases/schema";
import type { Found } from "./reference";

/** A key of a Secret, as arguments name one. */
interface Key {
  name: unknown;
  key: string;
}

/** Returns the Secrets that the pods of a database, and the SQL that it begins with, read from. */
export function ofPods(config: DatabaseConfig): Found[] {
  const { files = [], env = [], imagePullSecrets } = config;
  const sql = config.database && "sql" in config.database ? (config.database.sql ?? []) : [];
  return [
    ...files.flatMap(({ secret, key }, index) => ({
      path: `files[${index}].secret`,
      name: secret,
      keys: key === undefined ? [] : [key],
    })),
    ...env.flatMap(({ secret }, index) => keyOf(`env[${index}].secret`, secret)),
    ...sql.flatMap(({ secret }, index) => keyOf(`database.sql[${index}].secret`, secret)),
    ...ofRegistries("imagePullSecrets", imagePullSecrets),
  ];
}

/** Returns the Secrets with the logins of registries. */
export function ofRegistries(where: string, names: readonly unknown[] = []): Found[] {
  return names.flatMap((name, index) => ({
    path: `${where}[${index}]`,
    name,
    keys: [".dockerconfigjson"],
  }));
}

function keyOf(where: string, secret: Key | undefined): Found[] {
  return secret ? [{ path: `${where}.name`, name: secret.name, keys: [secret.key] }] : [];
}
