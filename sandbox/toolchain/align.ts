import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { disagreements, families, requirements } from "./modules.ts";

// Raises what families share to the newest version that one of them has, as Go itself would if they were one module,
// until nothing moves any more: a raised module may want others to be newer in turn.
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
