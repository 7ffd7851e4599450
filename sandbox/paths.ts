import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where everything lives that is built, downloaded or run. Outside the checkout, so that a fresh clone finds what an
 * earlier one built; `HA_POSTGRES_CACHE` moves it, for example to a larger disk.
 */
export const cacheDir =
  process.env["HA_POSTGRES_CACHE"] ??
  join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "ha-postgres");

/** Finished parts, one folder a content key. Only ever renamed into place, so what is here is whole. */
export const artefactsDir = join(cacheDir, "artefacts");

/** Parts under construction. Safe to delete whenever no build runs. */
export const workDir = join(cacheDir, "work");

/** One log a part and a process. */
export const logsDir = join(cacheDir, "logs");

/** The Go build cache of the sandbox's own: tens of gigabytes that nobody wants in their own one. */
export const goCacheDir = join(cacheDir, "go-build");

/** The running cluster: certificates, etcd, node disks. Deleted by `stop`. */
export const stateDir = join(cacheDir, "cluster");

/** Links to the built programs. */
export const binDir = join(cacheDir, "bin");

export const kubeconfigPath = join(stateDir, "kubeconfig");
