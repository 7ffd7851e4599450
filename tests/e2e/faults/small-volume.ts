/** A volume of an instance on a file system of its own, which can be full: those of the sandbox are folders without a limit. */
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { eventually, kubectl, kubectlJson, run } from "../support/commands";

const MIB = 1024 ** 2;
const inDatabases = "--namespace=databases";

interface PersistentVolume {
  spec: { hostPath?: { path: string }; local?: { path: string } };
}

/** The file that keeps space back. */
const SPARE = ".spare";

export class SmallVolume {
  private constructor(
    /** A process in the namespaces of the node that has the volume. */
    private readonly node: number,
    private readonly path: string,
    private readonly folder: string,
  ) {}

  /**
   * Moves a claim of a stopped instance, with what is in it, to a file system with so much free space, and with so much that
   * is kept back for when it is enlarged.
   */
  static async under(
    nodeName: string,
    claim: string,
    { freeMib, spareMib }: { freeMib: number; spareMib: number },
  ): Promise<SmallVolume> {
    const path = await folderOf(claim);
    const folder = mkdtempSync(join(tmpdir(), "ha-postgres-volume-"));
    const volume = new SmallVolume(initOf(nodeName), path, folder);
    const used = Number((await volume.onNode("du", "-sm", path)).split(/\s/)[0]);
    writeFileSync(volume.disk, "");
    truncateSync(volume.disk, (used + freeMib + spareMib) * MIB);
    // Without a journal and a reserve what is free is nearly all of it.
    await ok("mkfs.ext4", "-q", "-m", "0", "-O", "^has_journal", volume.disk);
    const side = join(folder, "side");
    await volume.onNode("mkdir", "-p", side);
    await volume.onNode("mount", "-o", "loop", volume.disk, side);
    await volume.onNode("cp", "-a", `${path}/.`, side);
    await volume.onNode("rm", "-rf", join(side, "lost+found"));
    await volume.onNode("fallocate", "--length", `${spareMib}MiB`, join(side, SPARE));
    await volume.onNode("umount", side);
    await volume.onNode("mount", "-o", "loop", volume.disk, path);
    // The folder that pods mount is owned by everybody, as the provisioner makes it.
    await volume.onNode("chmod", "0777", path);
    return volume;
  }

  /**
   * What an expansion of the volume does: there is more space. The sandbox's class offers none, and a mounted file system
   * grows only for those who may set limits of resources, which root may not everywhere.
   */
  async enlarge(): Promise<void> {
    await this.onNode("rm", join(this.path, SPARE));
  }

  /** Takes the file system away, of a claim or a node that is gone. */
  async remove(): Promise<void> {
    await run("nsenter", this.entered("umount", "-l", this.path));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get disk(): string {
    return join(this.folder, "disk.ext4");
  }

  private onNode(...command: string[]): Promise<string> {
    return ok("nsenter", ...this.entered(...command));
  }

  /** With the processes of the node, too: its /proc, by which programs know what is mounted, has no others. */
  private entered(...command: string[]): string[] {
    return ["--target", String(this.node), "--mount", "--pid", ...command];
  }
}

/** The first process of a node, which has its mounts. */
function initOf(node: string): number {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const [program = ""] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
      if (basename(program) === "tini" && environment.includes(`HA_POSTGRES_SANDBOX=${node}/`))
        return Number(pid);
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error(`${node} does not run`);
}

/** The folder on its node that a claim is bound to. */
async function folderOf(claim: string): Promise<string> {
  const volume = await kubectl(
    ...["get", "pvc", claim, inDatabases, "--output=jsonpath={.spec.volumeName}"],
  );
  const { spec } = await kubectlJson<PersistentVolume>("get", "pv", volume);
  const path = spec.hostPath?.path ?? spec.local?.path;
  if (path === undefined) throw new Error(`${claim} is not a folder of a node`);
  return path;
}

/** Stops an instance, does something to its volumes, and lets it come back on the same node. */
export async function whileStopped(
  pod: string,
  node: string,
  act: () => Promise<void>,
): Promise<void> {
  await kubectl("cordon", node);
  try {
    await kubectl("delete", "pod", pod, inDatabases);
    const phase = () =>
      kubectl("get", "pod", pod, inDatabases, "--output=jsonpath={.status.phase}").catch(() => "");
    await eventually(phase, (now) => now === "Pending", 60_000);
    await act();
  } finally {
    await kubectl("uncordon", node);
  }
}

async function ok(command: string, ...args: string[]): Promise<string> {
  const { code, output, all } = await run(command, args);
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} failed:\n${all}`);
  return output;
}
