import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The program that talks to the store: files by their names, for a ConfigMap. */
export function dumpProgram(): Record<string, string> {
  const folder = join(__dirname, "program");
  return Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith(".py"))
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );
}
