import type { Violation } from "../components/contract/violation";

/** The secrets of a stack's configuration, with another way to set each. */
const SECRETS = [
  {
    key: "backups",
    path: ["s3Compatible", "credentials", "secretAccessKey"],
    otherwise: ", or name a Secret in credentialsSecret",
  },
  { key: "certificates", path: ["authority", "existing", "privateKey"], otherwise: "" },
] as const;

/** Finds secrets that are not encrypted. The engine encrypts a whole key with a secret in it, and passes it on decrypted. */
export function plainSecrets(
  declared: Record<string, unknown>,
  encrypted: ReadonlySet<string>,
): Violation[] {
  return SECRETS.filter(
    ({ key, path }) => !encrypted.has(key) && valueAt(declared[key], path) !== undefined,
  ).map(({ key, path, otherwise }) => ({
    path: [key, ...path].join("."),
    value: "[secret]",
    reason: "must not be in plain text in the stack's file, where every reader sees it",
    remedy: `Set it with \`pulumi config set --secret --path ha-postgres:${[key, ...path].join(".")}\`${otherwise}`,
  }));
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === "object" && value !== null
        ? (value as Record<string, unknown>)[name]
        : undefined,
    root,
  );
}
