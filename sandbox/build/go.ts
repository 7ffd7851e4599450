import { chmod, cp } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import type { Obstacle } from "../obstacle.ts";
import { goCacheDir } from "../paths.ts";
import { type Part, folderRecipe } from "./part.ts";

export interface GoFamily {
  name: string;
  /** What `go build` is asked for: our own mains as `./cmd/x`, upstream ones by import path. */
  packages: readonly string[];
  /** Version strings that upstream sets at link time, by symbol. */
  variables?: Readonly<Record<string, string>>;
  /** Files that an embedding needs and that lie in a module's folder: [module, path there, path here]. */
  copies?: readonly (readonly [string, string, string])[];
  /** Further names of the first binary, for one that acts by the name it is called by. */
  links?: readonly string[];
  seconds: number;
}

/** A folder of `toolchain/` as a part: its go.mod and go.sum are all that decides what comes out. */
export function goPart(family: GoFamily): Part {
  const folder = join(import.meta.dirname, "..", "toolchain", family.name);
  return {
    name: family.name,
    needs: [],
    seconds: family.seconds,
    recipe: async () => ({ ...family, files: await folderRecipe(folder), go: await goVersion() }),
    obstacle: () => unreachableModule(family.name, folder),
    make: async (out, { log, scratch }) => {
      await cp(folder, scratch, { recursive: true });
      const go = (...args: string[]) =>
        log.run("go", args, {
          cwd: scratch,
          env: { CGO_ENABLED: "0", GOFLAGS: "-mod=readonly -buildvcs=false", GOCACHE: goCacheDir },
        });
      for (const [module, from, to] of family.copies ?? []) {
        const target = join(scratch, to);
        await cp(join(await moduleDir(scratch, module), from), target);
        await chmod(target, 0o644);
      }
      const variables = Object.entries(family.variables ?? {}).map(
        ([symbol, value]) => `-X ${symbol}=${value}`,
      );
      const ldflags = ["-s", "-w", ...variables].join(" ");
      await go("build", "-trimpath", "-ldflags", ldflags, "-o", `${out}/`, ...family.packages);
    },
  };
}

/** Where a module of the family in `folder` was unpacked, fetched if it is not there yet. */
export async function moduleDir(folder: string, module: string): Promise<string> {
  const { stdout } = await execa("go", ["mod", "download", "-json", module], { cwd: folder });
  const { Dir } = JSON.parse(stdout) as { Dir: string };
  return Dir;
}

/** Asks for the description of what the family builds: a request or two, and none for what was fetched before. */
async function unreachableModule(name: string, folder: string): Promise<Obstacle | undefined> {
  const { stdout } = await execa("go", ["mod", "edit", "-json"], { cwd: folder });
  const { Require, Replace } = JSON.parse(stdout) as GoMod;
  const wanted = Require.filter(({ Indirect }) => !Indirect)
    // What stands in another's place is what is fetched, unless it is one of our own folders.
    .map((module) => Replace?.find(({ Old }) => Old.Path === module.Path)?.New ?? module)
    .flatMap(({ Path, Version }) => (Version === undefined ? [] : [`${Path}@${Version}`]));
  const { failed, stderr } = await execa("go", ["list", "-m", ...wanted], {
    cwd: folder,
    env: { GOFLAGS: "-mod=readonly" },
    reject: false,
  });
  if (!failed) return undefined;
  return {
    what: `a Go module of ${name} cannot be had: ${stderr.trim().split("\n")[0] ?? ""}`,
    remedy:
      "Point GOPROXY at a module proxy that this machine reaches (`go env GOPROXY` tells the present one)",
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
