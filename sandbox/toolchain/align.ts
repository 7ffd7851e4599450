import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { disagreements, families, requirements } from "./modules.ts";

// Raises shared modules to the newest version that a family has, as Go would in a single module, until nothing changes:
// a raised module may require newer versions of others.
for (;;) {
  const required = new Map(families().map((family) => [family, requirements(family)]));
  const found = disagreements(required);
  if (found.length === 0) break;
  for (const family of required.keys()) {
    const raised = found
      .filter(({ versions, newest }) => (versions[family] ?? newest) !== newest)
      .map(({ module, newest }) => `-require=${module}@${newest}`);
    if (raised.length === 0) continue;
    process.stdout.write(`${family}: ${raised.length} modules\n`);
    go(family, "mod", "edit", ...raised);
    // Adds what upstream's programs and our own need to go.mod and go.sum, with the checksums verified.
    go(family, "list", "-mod=mod", "-e", "-deps", "tool", "./...");
  }
}

function go(family: string, ...args: string[]): void {
  const stdio = ["ignore", "ignore", "inherit"] as const;
  execFileSync("go", args, { cwd: join(import.meta.dirname, family), stdio: [...stdio] });
}
