import { existsSync } from "node:fs";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";

/** A `Pulumi.<stack>.yaml`. */
export interface StackDocument {
  config: Record<string, unknown>;
  /** The salt of the passphrase that the engine keeps in this file. */
  encryptionsalt?: string;
}

/** A stack as a target deploys it. */
export interface PreparedStack extends StackDocument {
  /** Configuration values to be encrypted, by path. They are not in `config`. */
  secrets?: Record<string, string>;
}

const root = join(import.meta.dirname, "..");

/** Returns the path of a stack's file: the one that is named, or that of the project. */
export function stackFileOf(stack: string, file?: string): string {
  return resolve(file ?? join(root, `Pulumi.${stack}.yaml`));
}

/** @throws Error that names the file if the stack does not exist in the project. */
export async function readStackFile(stack: string, file?: string): Promise<StackDocument> {
  const path = stackFileOf(stack, file);
  if (!existsSync(path))
    throw new Error(`the stack ${stack} does not exist: ${path} was not found`);
  return parseFile(path);
}

/**
 * Writes the configuration of a deployment beside its state, so that the engine's salt and the target's additions never
 * change files of the project.
 */
export async function writeDeployedStackFile(path: string, stack: StackDocument): Promise<void> {
  const before = existsSync(path) ? await parseFile(path) : undefined;
  const salt = before?.encryptionsalt ?? stack.encryptionsalt;
  const document = { ...(salt !== undefined && { encryptionsalt: salt }), config: stack.config };
  // Quoted: the engine's older YAML parser reads a time of day as a timestamp and changes its form.
  const text = stringify(document, { defaultStringType: "QUOTE_DOUBLE" });
  // It may contain a secret in plain text.
  await writeFile(path, text, { mode: 0o600 });
  await chmod(path, 0o600);
}

async function parseFile(path: string): Promise<StackDocument> {
  const document = parse(await readFile(path, "utf8")) as Partial<StackDocument> | null;
  return { config: {}, ...document };
}

/** The mapping that a value of a stack's file is. Empty if it is anything else, which the stack's schema refuses. */
export function mapping(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
