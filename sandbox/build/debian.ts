import { join } from "node:path";
import { execa } from "execa";
import type { Obstacle } from "../obstacle.ts";
import type { Part } from "./part.ts";

const suite = "trixie";

export interface DebianRootfs {
  name: string;
  packages: readonly string[];
  /** An older suite, from which come the packages that the newer one does not have any more. */
  older?: string;
  /** Shell lines that finish the tree, which is `$1`. */
  finish?: readonly string[];
  seconds: number;
}

/** A Debian file system as `rootfs.tar`, from packages that apt has verified. */
export function debianPart(rootfs: DebianRootfs): Part {
  return {
    name: rootfs.name,
    needs: [],
    seconds: rootfs.seconds,
    recipe: () => Promise.resolve({ ...rootfs, suite }),
    obstacle: () => missingPackage(rootfs),
    make: async (out, { log, scratch }) => {
      const args = [
        "--variant=minbase",
        "--dpkgopt=path-exclude=/usr/share/doc/*",
        "--dpkgopt=path-exclude=/usr/share/man/*",
        "--dpkgopt=path-exclude=/usr/share/locale/*",
        `--include=${rootfs.packages.join(",")}`,
        ...(rootfs.finish ?? []).map((line) => `--customize-hook=${line}`),
        suite,
        join(out, "rootfs.tar"),
        ...(await sources(rootfs)),
      ];
      await log.run("mmdebstrap", args, { env: { TMPDIR: scratch } });
    },
  };
}

/** Lets apt resolve the packages without downloading them, which takes five seconds. */
async function missingPackage(rootfs: DebianRootfs): Promise<Obstacle | undefined> {
  const { name, packages } = rootfs;
  const wanted = ["--simulate", "--variant=minbase", `--include=${packages.join(",")}`];
  const from = await sources(rootfs);
  const { failed, stderr } = await execa("mmdebstrap", [...wanted, suite, "-", ...from], {
    // mmdebstrap writes a file system to standard output even in a simulation.
    stdout: "ignore",
    reject: false,
  });
  if (!failed) return undefined;
  const reason = /^E: (.+)$/m.exec(stderr)?.[1] ?? "no reason given";
  return {
    what: `the Debian packages of ${name} cannot be downloaded: ${reason}`,
    remedy:
      "Make the package sources of this machine reachable (`apt-get update` shows whether they are)",
  };
}

/** What mmdebstrap installs from: a mirror with the suite, or lines of apt with this one and an older one. */
async function sources({ older }: DebianRootfs): Promise<string[]> {
  const mirror = await debianMirror();
  if (older === undefined) return mirror;
  const [at = "http://deb.debian.org/debian"] = mirror;
  return [suite, older].map((one) => `deb ${at} ${one} main`);
}

/** The mirror of this machine, if it runs Debian. Otherwise mmdebstrap uses the public one. */
async function debianMirror(): Promise<string[]> {
  const { stdout } = await execa("apt-get", [
    "indextargets",
    "--format",
    "$(ORIGIN) $(REPO_URI)",
    "Created-By: Packages",
  ]);
  const mirror = stdout
    .split("\n")
    .map((line) => line.split(" "))
    .find(([origin, uri]) => origin === "Debian" && uri && !uri.includes("security"));
  return mirror?.[1] ? [mirror[1]] : [];
}
