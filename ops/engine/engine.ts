import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { parse, stringify } from "yaml";
import { cacheDir } from "../../sandbox/paths.ts";
import { withAbsolutePaths } from "./arguments.ts";
import { EngineLines } from "./lines.ts";
import { type ProjectFile, projectWithPlugins } from "./project-file.ts";
import { engineEnvironment, isOwnEngine, ownPrograms, type Target } from "../target.ts";
import { isTerminal } from "./terminal.ts";

const root = join(import.meta.dirname, "../..");
const passphraseFile = join(cacheDir, "pulumi", "passphrase");

/** The commands of the engine that take `--config-file`; the others refuse it. */
const readsConfig = new Set(["config", "destroy", "import", "preview", "refresh", "up"]);

/** The commands of the engine that start plugins. */
const startsPlugins = new Set(["destroy", "import", "preview", "refresh", "up"]);

/** A state as the engine keeps it in its folder. */
interface Checkpoint {
  checkpoint?: {
    latest?: {
      pending_operations?: {
        resource: { inputs?: { namespace?: string; metadata?: { namespace?: string } } };
      }[];
    };
  };
}

/** The Pulumi engine on one stack of a target, with a state of its own: no login, no other stack of the user's. */
export class Engine {
  readonly stack: string;
  /** Name of the project that the stack is of. */
  readonly project: string;
  /** The configuration that the stack is deployed with. */
  readonly stackFile: string;
  private readonly target: Target;
  private readonly program: string;
  private readonly projectFile: ProjectFile;

  /** `program` is the folder of the program; by default that is the project's own. */
  constructor(target: Target, stack: string, program = root) {
    this.target = target;
    this.stack = stack;
    this.program = program;
    this.projectFile = parse(readFileSync(join(program, "Pulumi.yaml"), "utf8")) as ProjectFile;
    this.project = this.projectFile.name;
    this.stackFile = join(target.stateFolder, `Pulumi.${stack}.yaml`);
  }

  /** Makes the state folder, the passphrase and the stack, unless they are there. */
  async open(): Promise<void> {
    await mkdir(this.target.stateFolder, { recursive: true });
    await mkdir(join(cacheDir, "pulumi"), { recursive: true });
    if (!existsSync(passphraseFile)) {
      await writeFile(passphraseFile, randomBytes(24).toString("base64"), { mode: 0o600 });
    }
    // The engine writes its salt beside the Pulumi.yaml that it finds, and the project's own files are not its to change.
    await copyFile(join(this.program, "Pulumi.yaml"), join(this.target.stateFolder, "Pulumi.yaml"));
    // Not selected, which is a matter of the folder: two stacks of one target may be deployed at the same time.
    if (!this.exists()) await this.aboutStack(["stack", "init", this.stack, "--no-select"]);
  }

  /** Takes the lock away that a killed run has left. */
  async unlock(): Promise<void> {
    await this.aboutStack(["cancel", this.stack, "--yes"]);
  }

  /** Ends the history of a stack that is destroyed. The project's own configuration of it stays. */
  async forget(): Promise<void> {
    await this.aboutStack(["stack", "rm", this.stack, "--yes", "--preserve-config"]);
  }

  /** Whether this stack was ever deployed to the target. */
  exists(): boolean {
    return existsSync(this.stateFile);
  }

  private get stateFile(): string {
    const stacks = join(this.target.stateFolder, ".pulumi", "stacks", this.project);
    return join(stacks, `${this.stack}.json`);
  }

  /**
   * Runs `pulumi` on the stack, talking to the user. @throws Error when it fails; it has said why itself.
   *
   * A Ctrl-C reaches the engine by itself, as part of the terminal's foreground; it then finishes what is under way and
   * saves the state. All that is needed here is not to die before it.
   */
  async run(...args: string[]): Promise<void> {
    await this.attended(args, "whole");
  }

  /**
   * The same for what a command of ours does: at a terminal as the engine shows it, and elsewhere a line for what is done.
   */
  async runBriefly(...args: string[]): Promise<void> {
    await this.attended(args, "brief");
  }

  private async attended(args: string[], manner: "whole" | "brief"): Promise<void> {
    const isShown = isTerminal();
    const isChosen = manner === "brief" && !isShown;
    const engine = execa(
      "pulumi",
      [...(await this.onStack(args)), ...(isShown ? [] : ["--non-interactive"])],
      {
        ...this.options(args),
        stdio: [isShown ? "inherit" : "ignore", isChosen ? "pipe" : "inherit", "inherit"],
        buffer: false,
        reject: false,
      },
    );
    const stay = (): void => undefined;
    const cancel = (): void => void engine.kill("SIGINT");
    process.on("SIGINT", stay).on("SIGTERM", cancel);
    const lines = new EngineLines();
    if (engine.stdout) {
      for await (const line of createInterface({ input: engine.stdout })) {
        if (lines.take(line)) process.stdout.write(`${line}\n`);
      }
    }
    const { exitCode } = await engine;
    process.off("SIGINT", stay).off("SIGTERM", cancel);
    // One that was killed leaves the terminal as it needed it.
    if (isShown && exitCode === undefined) {
      await execa("stty", ["sane"], { stdio: "inherit", reject: false });
    }
    if (exitCode !== 0) throw new Error(`pulumi ${args[0] ?? ""} failed: see above`);
  }

  /** Where Kubernetes is waited for at the moment: the namespaces of what is under way, as the state notes it. */
  async waitedNamespaces(): Promise<string[]> {
    try {
      const state = JSON.parse(await readFile(this.stateFile, "utf8")) as Checkpoint;
      const operations = state.checkpoint?.latest?.pending_operations ?? [];
      const namespaces = operations.flatMap(
        ({ resource: { inputs = {} } }) => inputs.metadata?.namespace ?? inputs.namespace ?? [],
      );
      return [...new Set(namespaces)];
    } catch {
      // It is just being written.
      return [];
    }
  }

  /** Encrypts values into the configuration that the stack is deployed with, each at its path. */
  async encrypt(secrets: Record<string, string>): Promise<void> {
    const stack = ["--stack", this.stack];
    for (const [path, value] of Object.entries(secrets)) {
      // By standard input, since a command line can be read by others.
      const set = ["config", "set", "--secret", "--path", path, ...stack];
      await this.aboutStack(set, { input: value });
    }
  }

  /** The outputs of the last deployment, with secrets hidden. */
  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = await this.aboutStack(["stack", "output", "--json", "--stack", this.stack]);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /** Runs `pulumi` on the stack without a word to the user. @throws ExecaError with its words when it fails. */
  async silently(...args: string[]): Promise<void> {
    const command = [...(await this.onStack(args)), "--non-interactive"];
    await execa("pulumi", command, this.options(args));
  }

  /** The state of the last deployment, with secrets in the clear. */
  async exported(): Promise<unknown> {
    const { stdout } = await this.aboutStack([
      "stack",
      "export",
      "--show-secrets",
      "--stack",
      this.stack,
    ]);
    return JSON.parse(stdout);
  }

  private async onStack(args: string[]): Promise<string[]> {
    const [command = ""] = args;
    const configured = readsConfig.has(command) ? ["--config-file", this.stackFile] : [];
    if (!this.namesPlugins(args)) return [...args, "--stack", this.stack, ...configured];
    await mkdir(this.projectFolder, { recursive: true });
    const project = projectWithPlugins(this.projectFile, this.program, ownPrograms);
    await writeFile(join(this.projectFolder, "Pulumi.yaml"), stringify(project));
    return [...withAbsolutePaths(args, this.program), "--stack", this.stack, ...configured];
  }

  /** Whether the engine is ours and would look for plugins, so that they are named in a project file beside the state. */
  private namesPlugins([command = ""]: string[]): boolean {
    return startsPlugins.has(command) && isOwnEngine(this.target);
  }

  /** Of this stack alone: another may be deployed at the same time, by another checkout. */
  private get projectFolder(): string {
    return join(this.target.stateFolder, "projects", this.stack);
  }

  /** A command that needs no program, run where the project's configuration is out of its reach. */
  private aboutStack(args: string[], { input = "" } = {}) {
    const options = { ...this.options(args), cwd: this.target.stateFolder, input };
    return execa("pulumi", [...args, "--non-interactive"], options);
  }

  private options(args: string[]) {
    const { kubeconfig, stateFolder } = this.target;
    return {
      cwd: this.namesPlugins(args) ? this.projectFolder : this.program,
      env: {
        ...engineEnvironment(this.target),
        PULUMI_HOME: join(cacheDir, "pulumi", "home"),
        PULUMI_BACKEND_URL: `file://${stateFolder}`,
        PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // `npm test` has checked the types; doing it again would be half of the time of a preview.
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        // Half of the time in which a program or a policy pack starts is V8's, compiling the same libraries again.
        NODE_COMPILE_CACHE: join(cacheDir, "pulumi", "compiled"),
        // The providers were built here; a download could not even be tried on a closed network.
        ...(kubeconfig !== undefined && {
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        }),
      },
    };
  }
}
