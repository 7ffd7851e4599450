/** The commands of the project with an engine and a `kubectl` that only say what a test wants them to. */
import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(__dirname, "../../..");

/** What a program answers to the first command line that matches. */
export interface Answer {
  to: RegExp;
  says?: unknown;
  /** To the standard error. */
  complains?: string;
  code?: number;
  /** Milliseconds that it takes. */
  takes?: number;
}

export interface Call {
  program: string;
  /** The command line, without the program. */
  line: string;
  input: string;
}

interface Result {
  code: number;
  output: string;
  errors: string;
}

/** A machine of its own: programs, and a cache without anything. */
export class FakeMachine {
  readonly cache: string;
  /** The folder of the state of a cluster's stacks. */
  readonly stateFolder: string;
  private readonly folder = mkdtempSync(join(tmpdir(), "ha-postgres-fake-"));

  constructor(context = "shop") {
    this.cache = join(this.folder, "cache");
    this.stateFolder = join(this.cache, "pulumi", context);
    for (const program of ["pulumi", "kubectl"]) this.install(program);
    this.answers({ pulumi: [], kubectl: [] });
  }

  answers(all: Record<"pulumi" | "kubectl", Answer[]>): void {
    for (const [program, answers] of Object.entries(all)) {
      const known = answers.map(({ to, says = "", ...rest }) => ({
        ...rest,
        to: to.source,
        says: typeof says === "string" ? says : JSON.stringify(says),
      }));
      writeFileSync(join(this.folder, `${program}.json`), JSON.stringify(known));
    }
  }

  /** Writes a file of the state, such as the lock of a run. */
  write(path: string, content: unknown): void {
    const file = join(this.stateFolder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }

  lock(stack: string, content: unknown): void {
    this.write(join(".pulumi", "locks", "organization", "ha-postgres", stack, "0.json"), content);
  }

  /** Makes a stack known to the engine's folder. */
  stack(stack: string): void {
    this.write(join(".pulumi", "stacks", "ha-postgres", `${stack}.json`), {});
  }

  /** All that was called, in its order. */
  calls(program?: string): Call[] {
    const file = join(this.folder, "calls");
    if (!existsSync(file)) return [];
    return readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Call)
      .filter((call) => program === undefined || call.program === program);
  }

  /** Runs one of the project's commands. */
  run(...args: string[]): Promise<Result> {
    return this.node(join(root, "ops", "cli.ts"), ...args);
  }

  /** Runs a module whose `ops` is the project's. */
  evaluate(source: string): Promise<Result> {
    const file = join(this.folder, "module.mts");
    writeFileSync(file, source.replaceAll('from "ops/', `from "${join(root, "ops")}/`));
    return this.node(file);
  }

  private node(...args: string[]): Promise<Result> {
    return new Promise((resolve, reject) => {
      // As `ops/setup.mjs` runs them.
      const quietly = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON";
      const child = spawn(process.execPath, [quietly, ...args], {
        cwd: root,
        env: {
          PATH: `${join(this.folder, "bin")}:/usr/bin:/bin`,
          HOME: this.folder,
          HA_POSTGRES_CACHE: this.cache,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      let errors = "";
      child.stdout.on("data", (text: Buffer) => (output += text.toString()));
      child.stderr.on("data", (text: Buffer) => (errors += text.toString()));
      child.on("error", reject);
      child.on("close", (code) => {
        resolve({ code: code ?? -1, output, errors });
      });
    });
  }

  private install(program: string): void {
    const file = join(this.folder, "bin", program);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!${process.execPath}\n${script(this.folder, program)}`);
    chmodSync(file, 0o755);
  }
}

function script(folder: string, program: string): string {
  return `
const { appendFileSync, readFileSync } = require("node:fs");
const folder = ${JSON.stringify(folder)};
const line = process.argv.slice(2).join(" ");
let input = "";
if (line.includes("--filename=-") || line.startsWith("config set")) input = readFileSync(0, "utf8");
appendFileSync(folder + "/calls", JSON.stringify({ program: ${JSON.stringify(program)}, line, input }) + "\\n");
const answers = JSON.parse(readFileSync(folder + "/${program}.json", "utf8"));
const { says = "", complains = "", code = 0, takes = 0 } = answers.find(({ to }) => new RegExp(to).test(line)) ?? {};
setTimeout(() => {
  process.stdout.write(says);
  process.stderr.write(complains);
  process.exitCode = code;
}, takes);
`;
}
