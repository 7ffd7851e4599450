// Brings the dependencies to what package-lock.json says, so that each of the README's commands works on a fresh clone.
// Plain JavaScript without imports from node_modules: it runs before there are any, on whatever Node came with npm.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules", ".ha-postgres-lock");
const wanted = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");

if (installed() !== wanted) {
  process.stdout.write("installing the dependencies (once, about a minute)\n");
  // No package needs its install script here, and some of them download things that are no npm packages.
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) {
    process.stderr.write("npm ci failed: see above; is the npm registry reachable?\n");
    process.exit(status ?? 1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

function installed() {
  try {
    return readFileSync(stamp, "utf8");
  } catch {
    return undefined;
  }
}
