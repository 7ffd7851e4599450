import { createWriteStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";
import { ExecaError, execa } from "execa";

export interface CommandOptions {
  cwd?: string;
  env?: Record<string, string>;
  input?: string;
  /** Receives each line of its standard error. */
  onLine?: (line: string) => void;
}

/**
 * If a build is killed, its commands are killed too, with their child processes and mounts: the namespaces end with
 * their first process. Nothing writes to the folders any more when the next build clears them.
 */
const tied = [
  "setpriv",
  "--pdeathsig",
  "KILL",
  "unshare",
  "--mount",
  "--pid",
  "--fork",
  "--kill-child",
] as const;

/** Runs commands and appends their output to one log file, which the error names if one fails. */
export class CommandLog {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** @throws Error with the last lines of the log if the command fails. */
  async run(
    command: string,
    args: readonly string[],
    { onLine, ...options }: CommandOptions = {},
  ): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const log = createWriteStream(this.path, { flags: "a" });
    log.write(`\n$ ${[command, ...args].join(" ")}\n`);
    try {
      const running = execa(tied[0], [...tied.slice(1), command, ...args], {
        ...options,
        stdin: options.input === undefined ? "ignore" : "pipe",
        stdout: { file: this.path, append: true },
        stderr: [{ file: this.path, append: true }, ...(onLine ? (["pipe"] as const) : [])],
        buffer: false,
      });
      if (onLine) for await (const line of running.iterable({ from: "stderr" })) onLine(line);
      await running;
    } catch (error) {
      throw new Error(
        `${command} failed${error instanceof ExecaError ? ` (${error.shortMessage})` : ""}; ` +
          `the whole log is ${this.path}, its last lines:\n${await lastLines(this.path, 15)}`,
        { cause: error },
      );
    } finally {
      log.end();
      await finished(log);
    }
  }
}

async function lastLines(path: string, count: number): Promise<string> {
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  return lines
    .slice(-count)
    .map((line) => `  ${line}`)
    .join("\n");
}
