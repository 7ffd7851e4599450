import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { Part } from "./part.ts";

/** The Node.js that this runs on, from the npm package that the lock file pins. */
export const nodePart: Part = {
  name: "node",
  needs: [],
  seconds: 1,
  recipe: () => Promise.resolve({ version: process.version, platform: process.arch }),
  make: (out) => copyFile(process.execPath, join(out, "node")),
};
