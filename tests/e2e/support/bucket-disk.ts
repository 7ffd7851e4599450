/** The sandbox's bucket on a file system of its own, which can be full while nothing else is, and outlives the sandbox. */
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bucketFolder } from "./backups";
import { run } from "./commands";

/** Makes an empty disk in a folder, of a gigabyte. */
export async function bucketDisk(folder: string): Promise<string> {
  const disk = join(folder, "bucket.ext4");
  writeFileSync(disk, "");
  truncateSync(disk, 1024 ** 3);
  await ok("mkfs.ext4", "-q", "-m", "0", disk);
  return disk;
}

/** Has a sandbox that has just started keep its bucket on a disk. Stopping the sandbox unmounts it. */
export async function mountBucket(disk: string): Promise<void> {
  mkdirSync(bucketFolder, { recursive: true });
  await ok("mount", "-o", "loop", disk, bucketFolder);
}

/** @throws Error with all that a command said when it fails. */
export async function ok(command: string, ...args: string[]): Promise<void> {
  const { code, all } = await run(command, args);
  if (code !== 0) throw new Error(`${command} failed:\n${all}`);
}
