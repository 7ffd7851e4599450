import type { Violation } from "../components/contract/violation";

/** What of a stack's configuration is secret, with another way to give it. */
const SECRETS = [
  {
    key: "backups",
    path: ["s3Compatible", "credentials", "secretAccessKey"],
    otherwise: ", or name a Secret in credentialsSecret",
  },
  { key: "certificates", path: ["authority", "existing", "privateKey"], otherwise: "" },
] as const;

/** The engine keeps a whole key encrypted that has a secret in it, and hands it on in the clear. */
export function plainSecrets(
  declared: Record<string, unknown>,
  encrypted: ReadonlySet<string>,
): Violation[] {
  return SECRETS.filter(
    ({ key, path }) => !encrypted.has(key) && valueAt(declared[key], path) !== undefined,
  ).map(({ key, path, otherwise }) => ({
    path: [key, ...path].join("."),
    value: "[secret]",
    reason: "it stands in the stack's file in plain text, for everybody who reads that",
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
