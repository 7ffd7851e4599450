#!/usr/bin/env node
// In a checkout the commands as they stand there, with all that they need; in the published package those that are compiled.
import { existsSync } from "node:fs";
import { fileURLToPath, URL } from "node:url";

const setup = new URL("../ops/setup.mjs", import.meta.url);
if (existsSync(setup)) {
  process.argv.splice(2, 0, fileURLToPath(new URL("../ops/cli.ts", import.meta.url)));
  await import(setup.href);
} else {
  await import("../dist/ops/published/cli.js");
}
