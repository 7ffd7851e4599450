import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const RUNNER = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");

/** A fresh clone, without compiled files. */
const clone = mkdtempSync(join(tmpdir(), "ha-postgres-pack-"));
const rule = join(clone, "policy", "rules", "ha", "zone-spread.ts");

beforeAll(() => {
  for (const part of ["policy", "components", "tsconfig.json"]) {
    const isSource = (path: string) => basename(path) !== "dist";
    cpSync(join(ROOT, part), join(clone, part), { recursive: true, filter: isSource });
  }
  symlinkSync(join(ROOT, "node_modules"), join(clone, "node_modules"));
});

afterAll(() => {
  rmSync(clone, { recursive: true });
});

test("the pack starts on a fresh clone, and recompiles a changed source", async () => {
  const compiled = join(clone, "policy", "dist", "policy", "rules", "ha", "zone-spread.js");
  expect(await started()).toMatch(/^\d+\n$/);
  const changed = readFileSync(rule, "utf8").replace("spread over zones", "spread over all zones");
  writeFileSync(rule, changed);
  expect(await started()).toMatch(/^\d+\n$/);
  expect(readFileSync(compiled, "utf8")).toContain("spread over all zones");
});

test("the pack does not start if it does not compile", async () => {
  const text = readFileSync(rule, "utf8");
  writeFileSync(rule, "export const = 1;\n");
  expect(await started()).toMatch(/the policy pack does not compile:\n.*expected/s);
  writeFileSync(rule, text);
});

/** Starts the pack as the engine does, and returns the port that it prints, or its errors. */
function started(): Promise<string> {
  const pack: ChildProcess = spawn(process.execPath, [RUNNER, "127.0.0.1:1", "."], {
    cwd: join(clone, "policy"),
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let errors = "";
    pack.stderr?.on("data", (text: Buffer) => (errors += text.toString()));
    pack.stdout?.once("data", (text: Buffer) => {
      resolve(text.toString());
      pack.kill();
    });
    pack.on("error", reject);
    pack.on("close", () => {
      resolve(errors);
    });
  });
}
