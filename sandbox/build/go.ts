import { chmod, cp, stat } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import type { Obstacle } from "../obstacle.ts";
import { goCacheDir } from "../paths.ts";
import { bytesPerProcess, processesPerPart } from "./memory.ts";
import { type Part, folderRecipe } from "./part.ts";
import type { Sources } from "./part.ts";

export interface GoFamily {
  name: string;
  /** Arguments of `go build`: our own main packages as `./cmd/x`, upstream ones by import path. */
  packages: readonly string[];
  /** Version strings that upstream sets at link time, by symbol. */
  variables?: Readonly<Record<string, string>>;
  /** Files in a module's folder that an embedding needs: [module, path there, path here]. */
  copies?: readonly (readonly [string, string, string])[];
  /** Upstream's build tags that exclude unused code. */
  tags?: readonly string[];
  /** Modules that are built from a patched copy: by name, with the patch `<name>.patch` beside the go.mod. */
  patched?: Readonly<Record<string, string>>;
}

/** The linker would discard debugging data (`-w`). Not generating them saves a tenth of the time. */
const compilerFlags = ["-gcflags=all=-dwarf=false"];

/**
 * Environment of each build. Modules are verified by go.sum. A compiler ends after seconds, so that garbage collection
 * would waste a third of the time; the limit keeps the largest packages from using all memory.
 */
const environment = {
  CGO_ENABLED: "0",
  GOFLAGS: "-mod=readonly -buildvcs=false",
  GOCACHE: goCacheDir,
  GOGC: "off",
  GOMEMLIMIT: String(bytesPerProcess),
};

/** A folder of `toolchain/` as a part: its go.mod and go.sum determine the result. */
export function goPart(family: GoFamily): Part {
  const folder = join(import.meta.dirname, "..", "toolchain", family.name);
  return {
    name: family.name,
    needs: [],
    recipe: async () => ({
      ...family,
      files: await folderRecipe(folder),
      go: await goVersion(),
      compiler: compilerFlags,
    }),
    obstacle: () => unreachableModule(family.name, folder),
    sources: () => sourcesOf(folder, family),
    make: async (out, { log, scratch, compiling }) => {
      await cp(folder, scratch, { recursive: true });
      const go = (...args: string[]) =>
        log.run("go", args, { cwd: scratch, env: environment, onLine: compiling });
      for (const [module, from, to] of family.copies ?? []) {
        const target = join(scratch, to);
        await cp(join(await moduleDir(scratch, module), from), target);
        await chmod(target, 0o644);
      }
      for (const [name, module] of Object.entries(family.patched ?? {})) {
        const copy = join(scratch, name);
        await cp(await moduleDir(scratch, module), copy, { recursive: true });
        await log.run("chmod", ["-R", "u+w", copy]);
        const patch = ["--strip=1", "--fuzz=0", `--directory=${name}`, `--input=../${name}.patch`];
        await log.run("patch", patch, { cwd: scratch });
        await go("mod", "edit", `-replace=${module}=./${name}`);
      }
      const variables = Object.entries(family.variables ?? {}).map(
        ([symbol, value]) => `-X ${symbol}=${value}`,
      );
      const ldflags = ["-s", "-w", ...variables].join(" ");
      await go(
        ...["build", "-v", "-p", String(processesPerPart), "-trimpath", ...compilerFlags],
        ...["-tags", (family.tags ?? []).join(",")],
        ...["-ldflags", ldflags, "-o", `${out}/`, ...family.packages],
      );
    },
  };
}

/** The sources of the family in `folder`. Downloads missing modules. */
async function sourcesOf(folder: string, { packages, tags = [] }: GoFamily): Promise<Sources> {
  const fields = "{{.ImportPath}}\t{{with .Module}}{{.Version}}{{end}}\t{{.Dir}}\t{{.GoFiles}}";
  const list = ["list", "-e", "-deps", "-tags", tags.join(","), "-f", fields, ...packages];
  const { stdout } = await execa("go", list, { cwd: folder, env: environment });
  const sizes = stdout.split("\n").map(async (line) => {
    const [name = "", version = "", dir = "", files = ""] = line.split("\t");
    const names = files.slice(1, -1).split(" ").filter(Boolean);
    const bytes = await Promise.all(names.map(async (file) => (await stat(join(dir, file))).size));
    return [name, { version, bytes: bytes.reduce((total, size) => total + size, 0) }] as const;
  });
  return new Map(await Promise.all(sizes));
}

/** The unpacked folder of a module of the family in `folder`. Downloads the module if necessary. */
export async function moduleDir(folder: string, module: string): Promise<string> {
  const { stdout } = await execa("go", ["mod", "download", "-json", module], { cwd: folder });
  const { Dir } = JSON.parse(stdout) as { Dir: string };
  return Dir;
}

/** Requests the module descriptions of a family: one or two requests, and none for downloaded modules. */
async function unreachableModule(name: string, folder: string): Promise<Obstacle | undefined> {
  const { stdout } = await execa("go", ["mod", "edit", "-json"], { cwd: folder });
  const { Require, Replace } = JSON.parse(stdout) as GoMod;
  const wanted = Require.filter(({ Indirect }) => !Indirect)
    // A replacement is downloaded instead of the module, unless it is one of our own folders.
    .map((module) => Replace?.find(({ Old }) => Old.Path === module.Path)?.New ?? module)
    .flatMap(({ Path, Version }) => (Version === undefined ? [] : [`${Path}@${Version}`]));
  const { failed, stderr } = await execa("go", ["list", "-m", ...wanted], {
    cwd: folder,
    env: { GOFLAGS: "-mod=readonly" },
    reject: false,
  });
  if (!failed) return undefined;
  return {
    what: `a Go module of ${name} cannot be downloaded: ${stderr.trim().split("\n")[0] ?? ""}`,
    remedy:
      "Point GOPROXY at a module proxy that this machine reaches (`go env GOPROXY` shows the current one)",
  };
}

interface GoMod {
  Require: { Path: string; Version?: string; Indirect?: boolean }[];
  Replace?: { Old: { Path: string }; New: { Path: string; Version?: string } }[] | null;
}

async function goVersion(): Promise<string> {
  const { stdout } = await execa("go", ["env", "GOVERSION"]);
  return stdout;
}
