import { join } from "node:path";
import { execa } from "execa";
import type { Part } from "./part.ts";

const suite = "trixie";

export interface DebianRootfs {
  name: string;
  packages: readonly string[];
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
        ...(await debianMirror()),
      ];
      // Its own mount namespace: what it mounts to install packages is gone even when it is killed half way.
      await log.run(
        "unshare",
        ["--mount", "--pid", "--fork", "--kill-child", "mmdebstrap", ...args],
        { env: { TMPDIR: scratch } },
      );
    },
  };
}

/** The mirror that this machine itself uses, where it is a Debian; mmdebstrap knows the public one otherwise. */
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
