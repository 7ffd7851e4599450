import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerPackage } from "./sources.ts";

/** A row of `pg_settings`. A parameter that no file may set has the context `internal` here. */
export interface Setting {
  name: string;
  vartype: "bool" | "enum" | "integer" | "real" | "string";
  unit: string | null;
  context: string;
  min_val: string | null;
  max_val: string | null;
  enumvals: string[] | null;
}

/** A server's version and parameters. */
export interface Server {
  version: string;
  settings: Setting[];
}

/** PostgreSQL refuses to run as root, so root runs it as nobody. */
const NOBODY = 65_534;

/**
 * Queries a server without starting it, in single-user mode. `postgres --describe-config` has the same parameters, but
 * without units and enumeration values, and omits parameters that are not in a sample file.
 */
export function askServer(source: ServerPackage): Server {
  const folder = mkdtempSync(join(tmpdir(), "ha-postgres-parameters-"));
  try {
    const native = unpack(source, folder);
    const data = join(folder, "data");
    disown(folder);
    run(native, "initdb", "", "--pgdata", data, "--auth", "reject", "--no-sync", "--no-locale");
    return { version: source.version, settings: settingsOf(native, data) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @throws Error if the archive is not the pinned one. */
function unpack({ name, version, integrity }: ServerPackage, folder: string): string {
  const [{ filename } = { filename: "" }] = JSON.parse(
    execFileSync("npm", ["pack", `${name}@${version}`, "--json", "--pack-destination", folder], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  ) as { filename: string }[];
  const archive = join(folder, filename);
  const found = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
  if (found !== integrity) {
    throw new Error(`${name}@${version} has changed: its integrity is ${found}, not ${integrity}`);
  }
  execFileSync("tar", ["--extract", "--file", archive, "--directory", folder]);
  const native = join(folder, "package", "native");
  linkLibraries(native);
  return native;
}

/** npm's archives contain no links. The package lists them for its install script. */
function linkLibraries(native: string): void {
  const links = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    execFileSync("ln", [
      "--symbolic",
      "--force",
      "--relative",
      join(native, "..", source),
      join(native, "..", target),
    ]);
  }
}

function disown(folder: string): void {
  if (!isRoot()) return;
  execFileSync("chown", ["--recursive", String(NOBODY), folder]);
  execFileSync("chmod", ["755", folder]);
}

function settingsOf(native: string, data: string): Setting[] {
  const answer = join(data, "answer");
  const columns = "name, vartype, unit, context, min_val, max_val, enumvals";
  // JSON contains neither of these characters, so the single column needs no quotes.
  const raw = "WITH (FORMAT csv, QUOTE e'\\x01', DELIMITER e'\\x02')";
  const selected = `SELECT ${columns} FROM pg_settings WHERE name NOT LIKE '%.%' ORDER BY name COLLATE "C"`;
  ask(native, data, [`COPY (SELECT row_to_json(s) FROM (${selected}) AS s) TO '${answer}' ${raw}`]);
  const settings = readFileSync(answer, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Setting);
  // No view shows parameters that no file may set. ALTER SYSTEM rejects them.
  const refusals = ask(
    native,
    data,
    settings.map(({ name }) => `ALTER SYSTEM SET ${name} TO DEFAULT`),
  );
  const refused = new Set(
    [...refusals.matchAll(/parameter "([^"]+)" cannot be changed$/gm)].map(([, name]) => name),
  );
  return settings.map((setting) =>
    refused.has(setting.name) ? { ...setting, context: "internal" } : setting,
  );
}

/** Runs statements, each in its own transaction, and returns the server's messages. */
function ask(native: string, data: string, statements: readonly string[]): string {
  const input = statements.map((statement) => `${statement}\n`).join("");
  return run(native, "postgres", input, "--single", "-D", data, "postgres");
}

/**
 * Runs a program and returns its standard error.
 *
 * @throws Error with that output if it fails.
 */
function run(native: string, program: string, input: string, ...args: string[]): string {
  const { status, stderr } = spawnSync(join(native, "bin", program), args, {
    input,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], LC_ALL: "C", LD_LIBRARY_PATH: join(native, "lib") },
    ...(isRoot() && { uid: NOBODY, gid: NOBODY }),
  });
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return stderr;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
