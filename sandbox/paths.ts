import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The folder of everything that is built, downloaded or run. It is outside the checkout, so that a fresh clone reuses
 * earlier builds. `HA_POSTGRES_CACHE` moves it, for example to a larger disk.
 */
export const cacheDir =
  process.env["HA_POSTGRES_CACHE"] ??
  join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "ha-postgres");

/** Finished parts, in one folder for each content key. They are only ever renamed to here, so they are complete. */
export const artefactsDir = join(cacheDir, "artefacts");

/** Parts under construction. It can be deleted whenever no build runs. */
export const workDir = join(cacheDir, "work");

/** Logs, one for each part and process. */
export const logsDir = join(cacheDir, "logs");

/** The Go build cache of the sandbox, kept apart from the user's because of its tens of gigabytes. */
export const goCacheDir = join(cacheDir, "go-build");

/** The running cluster: certificates, etcd, node disks. Deleted by `stop`. */
export const stateDir = join(cacheDir, "cluster");

/** Links to the built programs. */
export const binDir = join(cacheDir, "bin");

export const kubeconfigPath = join(stateDir, "kubeconfig");
