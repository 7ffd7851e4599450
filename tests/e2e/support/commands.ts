/** The project's own commands, as a user types them, and `kubectl` on the sandbox. */
import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const root = join(__dirname, "../../..");

/** Where the project keeps what it builds and runs. */
export const cacheFolder =
  process.env["HA_POSTGRES_CACHE"] ??
  join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "ha-postgres");

export interface Result {
  code: number;
  /** Standard output. */
  output: string;
  /** Standard output and standard error in the order in which they came. */
  all: string;
}

/** Runs `npm run <script> -- <args>` and returns whatever came of it. */
export function npmRun(script: string, ...args: string[]): Promise<Result> {
  return run("npm", ["run", "--silent", script, "--", ...args]);
}

/** Runs `npm run <script> -- <args>`. @throws Error with all that it printed when it fails. */
export async function npmRunOk(script: string, ...args: string[]): Promise<string> {
  const { code, output, all } = await npmRun(script, ...args);
  if (code !== 0) throw new Error(`npm run ${[script, ...args].join(" ")} failed:\n${all}`);
  return output;
}

/** `kubectl` on the sandbox. @throws Error with its words when it fails. */
export function kubectl(...args: string[]): Promise<string> {
  return npmRunOk("sandbox", "kubectl", ...args);
}

export async function kubectlJson<T>(...args: string[]): Promise<T> {
  return JSON.parse(await kubectl(...args, "--output=json")) as T;
}

/** Asks until the answer is the wanted one. @throws Error with the last answer after the given time. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isWanted: (answer: T) => boolean,
  timeoutMs: number,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() > deadline) {
      throw new Error(`after ${timeoutMs} ms it is still ${JSON.stringify(answer)}`);
    }
    await sleep(500);
  }
}

export function run(
  command: string,
  args: string[],
  hear: (text: string) => void = () => undefined,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      // Said, because jest's `process.env` is a copy, and what a test sets there is not inherited by itself.
      env: process.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let all = "";
    child.stdout.on("data", (text: Buffer) => {
      output += text.toString();
      all += text.toString();
      hear(text.toString());
    });
    child.stderr.on("data", (text: Buffer) => {
      all += text.toString();
      hear(text.toString());
    });
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code: code ?? 1, output, all });
    });
  });
}
