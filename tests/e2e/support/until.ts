/** Commands that are ended before they end by themselves. */
import { spawn } from "node:child_process";
import { root } from "./commands";

/**
 * Runs a command and sends a signal to it and all that belongs to it, as a terminal does, once its standard error has the given
 * text. @throws Error with all that it said if it ends before.
 */
export function runUntil(
  [command = "", ...args]: readonly string[],
  text: RegExp,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; output: string; all: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let all = "";
    let isSent = false;
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => {
      all += chunk.toString();
      if (isSent || !text.test(all) || child.pid === undefined) return;
      isSent = true;
      process.kill(-child.pid, signal);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (isSent) resolve({ code, output, all });
      else reject(new Error(`it ended by itself:\n${all}${output}`));
    });
  });
}
