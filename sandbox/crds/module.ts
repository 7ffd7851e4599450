import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { ChartDefinitions } from "./definitions.ts";
import { crdKind, type CrdManifest, type CrdSchemas } from "./schema.ts";
import type { CrdSource } from "./sources.ts";

const TOOLCHAIN = join(import.meta.dirname, "..", "toolchain");

/** Reads the kinds of a source out of its Go module, at the version that the sandbox runs. */
export function moduleSchemas(source: CrdSource): CrdSchemas {
  const folder = join(moduleFolder(source), source.folder);
  const manifests = new Map(
    [...new Set(Object.values(source.files))].map((file) => [file, fileManifests(folder, file)]),
  );
  const kinds = Object.entries(source.files).map(([kind, file]) => {
    const manifest = manifests.get(file)?.find(({ spec }) => spec.names.kind === kind);
    if (!manifest) throw new Error(`${file} of ${source.module} does not define ${kind}.`);
    return [kind, crdKind(manifest, source.untyped?.[kind])] as const;
  });
  return {
    module: source.module,
    version: pinnedVersion(source),
    kinds: Object.fromEntries(kinds),
  };
}

/** Reads all the definitions that a source's chart installs, whether or not something here declares their kinds. */
export function moduleDefinitions(source: CrdSource, chartFolder: string): ChartDefinitions {
  const folder = join(moduleFolder(source), chartFolder);
  const manifests = readdirSync(folder)
    .sort()
    .flatMap((file) => fileManifests(folder, file));
  return { module: source.module, version: pinnedVersion(source), manifests };
}

function fileManifests(folder: string, file: string): CrdManifest[] {
  return parseAllDocuments(readFileSync(join(folder, file), "utf8"))
    .map((document) => document.toJS() as CrdManifest | null)
    .filter((manifest) => manifest !== null);
}

/** The version of a module that a toolchain's go.mod pins. */
export function pinnedVersion({
  module,
  toolchain,
}: Pick<CrdSource, "module" | "toolchain">): string {
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
function moduleFolder({ module, toolchain }: CrdSource): string {
  // Without a version this is the one of go.mod, including its replacements.
  const download = ["mod", "download", "-json", module];
  try {
    const answer = execFileSync("go", download, {
      cwd: join(TOOLCHAIN, toolchain),
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
