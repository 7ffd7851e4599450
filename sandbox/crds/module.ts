import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { crdKind, type CrdManifest, type CrdSchemas } from "./schema.ts";
import type { CrdSource } from "./sources.ts";

const TOOLCHAIN = join(import.meta.dirname, "..", "toolchain");

/** Reads a source's definitions out of its Go module, at the version that the sandbox runs. */
export function moduleSchemas(source: CrdSource): CrdSchemas {
  const version = pinnedVersion(source);
  const folder = join(moduleFolder(source, version), source.folder);
  const kinds = Object.entries(source.files).map(([kind, file]) => {
    const manifest = parse(readFileSync(join(folder, file), "utf8")) as CrdManifest;
    return [kind, crdKind(manifest)] as const;
  });
  return { module: source.module, version, kinds: Object.fromEntries(kinds) };
}

/** The version of a source that its toolchain's go.mod pins. */
export function pinnedVersion({ module, toolchain }: CrdSource): string {
  const file = join(TOOLCHAIN, toolchain, "go.mod");
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [path, version] = line
      .replace(/^require /, "")
      .trim()
      .split(" ");
    if (path === module && version) return version;
  }
  throw new Error(`${file} does not require ${module}: run \`go get ${module}@<version>\` there.`);
}

/** The module's folder in Go's module cache, downloaded (and verified against go.sum) when it is not there. */
function moduleFolder(source: CrdSource, version: string): string {
  const download = ["mod", "download", "-json", `${source.module}@${version}`];
  try {
    const answer = execFileSync("go", download, {
      cwd: join(TOOLCHAIN, source.toolchain),
      encoding: "utf8",
    });
    return (JSON.parse(answer) as { Dir: string }).Dir;
  } catch (error) {
    throw new Error(
      `\`go ${download.join(" ")}\` failed, and the definitions are read from that Go module: ` +
        "install Go, or point GOPROXY at a module proxy that serves it.",
      { cause: error },
    );
  }
}
