import { existsSync } from "node:fs";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";

/** A `Pulumi.<stack>.yaml`. */
export interface StackDocument {
  config: Record<string, unknown>;
  /** The salt of the passphrase that the engine keeps in this file. */
  encryptionsalt?: string;
}

/** A stack as a target runs it. */
export interface PreparedStack extends StackDocument {
  /** What of its configuration has to be encrypted, by path. It is not in `config`. */
  secrets?: Record<string, string>;
}

const root = join(import.meta.dirname, "..");

/** @throws Error that names the file when the project has no stack of that name. */
export async function readStackFile(stack: string, file?: string): Promise<StackDocument> {
  const path = file ?? join(root, `Pulumi.${stack}.yaml`);
  if (!existsSync(path)) throw new Error(`there is no stack ${stack}: ${path} does not exist`);
  return parsed(path);
}

/**
 * Writes the configuration that a deployment runs with beside its state, so that neither the engine's salt nor what the
 * target adds ever shows up as a change of the project.
 */
export async function writeDeployedStackFile(path: string, stack: StackDocument): Promise<void> {
  const before = existsSync(path) ? await parsed(path) : undefined;
  const salt = before?.encryptionsalt ?? stack.encryptionsalt;
  const document = { ...(salt !== undefined && { encryptionsalt: salt }), config: stack.config };
  // In quotes: the engine's older YAML takes a time of day for a timestamp, and hands it on in another form.
  const text = stringify(document, { defaultStringType: "QUOTE_DOUBLE" });
  // Somebody may have written a secret into it in plain text.
  await writeFile(path, text, { mode: 0o600 });
  await chmod(path, 0o600);
}

async function parsed(path: string): Promise<StackDocument> {
  const document = parse(await readFile(path, "utf8")) as Partial<StackDocument> | null;
  return { config: {}, ...document };
}
