import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The program of a watcher: files by their names, for a ConfigMap. They are read, never imported. */
export function watchProgram(): Record<string, string> {
  const folder = join(__dirname, "program");
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );
}

/** A hash by which pods are made anew when the program changes. */
export function programHash(program: Record<string, string>): string {
  return createHash("sha256").update(JSON.stringify(program)).digest("hex").slice(0, 16);
}
