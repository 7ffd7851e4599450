// Brings the dependencies to what package-lock.json says, and then runs a script of the project with the Node that is
// among them: `node ops/setup.mjs ops/cli.ts up`. So each of the README's commands works on a fresh clone.
//
// Plain JavaScript without imports from node_modules: it runs before there are any, on whatever Node came with npm.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules", ".ha-postgres-lock");
const wanted = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");

if (readStamp() !== wanted) install();
if (process.argv.length > 2) run(process.argv.slice(2));

function readStamp() {
  try {
    return readFileSync(stamp, "utf8");
  } catch {
    return undefined;
  }
}

function install() {
  // To the standard error: what a command prints may be read by a program.
  process.stderr.write("installing the dependencies (once, about a minute)\n");
  // No package needs its install script here, and some of them download things that are no npm packages. Whatever npm
  // warns of this Node is beside the point: the one among the packages runs everything.
  const quietly = ["--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", ...quietly], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) {
    process.stderr.write("npm ci failed: see above; is the npm registry reachable?\n");
    process.exit(status ?? 1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

function run(command) {
  const bundled = join(root, "node_modules", ".bin", "node");
  // The commands read versions and names of the components, which are modules of the other system.
  const quietly = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON";
  const child = spawn(existsSync(bundled) ? bundled : process.execPath, [quietly, ...command], {
    stdio: "inherit",
  });
  // A terminal sends Ctrl-C to the child as well; this process stays until the child has done what it does then.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
  child.on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
}
