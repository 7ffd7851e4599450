import { propertyPath } from "../../components/contract/schema";
import type { Violation } from "../../components/contract/violation";

/** A secret of a stack's configuration. */
interface ConfigSecret {
  /** Its path in the stack's file, with the key that the engine encrypts first. */
  path: readonly string[];
  /** Another way to set it. */
  otherwise: string;
}

/** The secrets that have a place of their own. */
const SECRETS: readonly ConfigSecret[] = [
  {
    path: ["backups", "s3Compatible", "credentials", "secretAccessKey"],
    otherwise: ", or name a Secret in credentialsSecret",
  },
  { path: ["certificates", "authority", "existing", "privateKey"], otherwise: "" },
];

/**
 * Finds secrets that are not encrypted. The engine encrypts a whole key with a secret in it, and passes it on decrypted: of
 * the values beside an encrypted one it cannot be said whether they are, too.
 */
export function plainSecrets(
  declared: Record<string, unknown>,
  encrypted: ReadonlySet<string>,
): Violation[] {
  return [...SECRETS, ...dataOf(declared)]
    .filter(
      ({ path: [key = "", ...rest] }) =>
        !encrypted.has(key) && valueAt(declared[key], rest) !== undefined,
    )
    .map(({ path, otherwise }) => ({
      path: propertyPath(path),
      value: "[secret]",
      reason: "must not be in plain text in the stack's file, where every reader sees it",
      remedy: `Set it with \`pulumi config set --secret --path ${inShell(`ha-postgres:${propertyPath(path)}`)}\`${otherwise}`,
    }));
}

/** The values of the declared Secrets. Who logs in is no secret. */
function dataOf(declared: Record<string, unknown>): ConfigSecret[] {
  return entriesOf(declared["secrets"]).flatMap(([name, secret]) =>
    entriesOf(valueAt(secret, ["data"]))
      .filter(([key]) => key !== "username")
      .map(([key]) => ({
        path: ["secrets", name, "data", key],
        otherwise: ", or declare it sealed or external",
      })),
  );
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** Puts what has quotes itself in quotes. */
function inShell(path: string): string {
  return path.replace(/^.*"\]/, (quoted) => `'${quoted}'`);
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
