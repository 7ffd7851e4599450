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
import type { StackDocument } from "../stack-file.ts";
import { isTerminal } from "./terminal.ts";

const root = join(import.meta.dirname, "../..");
const passphraseFile = join(cacheDir, "pulumi", "passphrase");

/** Commands of the engine that accept `--config-file`. The others reject it. */
const readsConfig = new Set(["config", "destroy", "import", "preview", "refresh", "up"]);

/** Commands of the engine that start plugins. */
const startsPlugins = new Set(["destroy", "import", "preview", "refresh", "up"]);

/** A state file of the engine. */
interface Checkpoint {
  checkpoint?: { latest?: State };
}

interface State {
  resources?: { type: string; id?: string; external?: boolean }[];
  pending_operations?: {
    resource: { inputs?: { namespace?: string; metadata?: { namespace?: string } } };
  }[];
}

/**
 * The Pulumi engine on one stack of a target, with a separate state: without a login, and without the user's other
 * stacks.
 */
export class Engine {
  readonly stack: string;
  /** Name of the project that the stack is of. */
  readonly project: string;
  /** The configuration that the stack is deployed with. */
  readonly stackFile: string;
  private readonly target: Target;
  private readonly program: string;
  private readonly projectFile: ProjectFile;

  /** @param program - folder of the program; the default is this project. */
  constructor(target: Target, stack: string, program = root) {
    this.target = target;
    this.stack = stack;
    this.program = program;
    this.projectFile = parse(readFileSync(join(program, "Pulumi.yaml"), "utf8")) as ProjectFile;
    this.project = this.projectFile.name;
    this.stackFile = join(target.stateFolder, `Pulumi.${stack}.yaml`);
  }

  /** Creates the state folder, the passphrase and the stack, unless they exist. */
  async open(): Promise<void> {
    await mkdir(this.target.stateFolder, { recursive: true });
    await mkdir(join(cacheDir, "pulumi"), { recursive: true });
    if (!existsSync(passphraseFile)) {
      await writeFile(passphraseFile, randomBytes(24).toString("base64"), { mode: 0o600 });
    }
    // The engine writes its salt beside the Pulumi.yaml that it finds, and must not change the project's own files.
    await copyFile(join(this.program, "Pulumi.yaml"), join(this.target.stateFolder, "Pulumi.yaml"));
    // The stack is not selected, since a selection applies to the folder: two stacks of one target may be deployed at
    // the same time.
    if (!this.exists()) await this.runStackCommand(["stack", "init", this.stack, "--no-select"]);
  }

  /** Removes the lock that a killed run has left behind. */
  async unlock(): Promise<void> {
    await this.runStackCommand(["cancel", this.stack, "--yes"]);
  }

  /** Deletes the history of a destroyed stack. Its configuration in the project remains. */
  async forget(): Promise<void> {
    await this.runStackCommand(["stack", "rm", this.stack, "--yes", "--preserve-config"]);
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
   * Runs `pulumi` on the stack, with its output shown to the user.
   *
   * @throws Error if it fails, after the engine has printed the reason.
   *
   * Ctrl-C reaches the engine directly, as part of the terminal's foreground. It then finishes running operations and
   * saves the state. This process must only not end before it.
   */
  async run(...args: string[]): Promise<void> {
    await this.runAttended(args, "whole");
  }

  /**
   * Runs a command with short output: on a terminal as the engine shows it, otherwise one line for each completed
   * operation.
   */
  async runBriefly(...args: string[]): Promise<void> {
    await this.runAttended(args, "brief");
  }

  private async runAttended(args: string[], manner: "whole" | "brief"): Promise<void> {
    const isShown = isTerminal();
    const isChosen = manner === "brief" && !isShown;
    const engine = execa(
      "pulumi",
      [...(await this.prepareArguments(args)), ...(isShown ? [] : ["--non-interactive"])],
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
    // A killed engine leaves the terminal in its own mode.
    if (isShown && exitCode === undefined) {
      await execa("stty", ["sane"], { stdio: "inherit", reject: false });
    }
    if (exitCode !== 0) throw new Error(`pulumi ${args[0] ?? ""} failed: see above`);
  }

  /** The namespaces of the pending operations in the state. */
  async waitedNamespaces(): Promise<string[]> {
    const { pending_operations: operations } = await this.latest();
    const namespaces = (operations ?? []).flatMap(
      ({ resource: { inputs = {} } }) => inputs.metadata?.namespace ?? inputs.namespace ?? [],
    );
    return [...new Set(namespaces)];
  }

  /** The names of the namespaces that the stack has created. */
  async ownNamespaces(): Promise<string[]> {
    const { resources } = await this.latest();
    return (resources ?? []).flatMap(({ type, id, external }) =>
      type === "kubernetes:core/v1:Namespace" && external !== true && id !== undefined ? [id] : [],
    );
  }

  /** The state; an empty one before the first deployment, and while it is being written. */
  private async latest(): Promise<State> {
    try {
      const { checkpoint } = JSON.parse(await readFile(this.stateFile, "utf8")) as Checkpoint;
      return checkpoint?.latest ?? {};
    } catch {
      return {};
    }
  }

  /** Encrypts values into the configuration that the stack is deployed with, each at its path. */
  async encrypt(secrets: Record<string, string>): Promise<void> {
    const stack = ["--stack", this.stack];
    for (const [path, value] of Object.entries(secrets)) {
      // Passed on standard input, since command lines can be read by other users.
      const set = ["config", "set", "--secret", "--path", path, ...stack];
      await this.runStackCommand(set, { input: value });
    }
  }

  /**
   * Reads the configuration of a file with its secrets in plain text.
   *
   * @throws Error if the passphrase that they were encrypted with is not known, or another one.
   */
  async decrypt(file: string, { encryptionsalt }: StackDocument): Promise<unknown> {
    const { PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE } = process.env;
    if (encryptionsalt === undefined) {
      throw new Error(
        `${file} has values that are encrypted by a service, and this command reads those with a passphrase alone. Deploy it with \`pulumi up\``,
      );
    }
    if (PULUMI_CONFIG_PASSPHRASE === undefined && PULUMI_CONFIG_PASSPHRASE_FILE === undefined) {
      throw new Error(
        `${file} has encrypted values. Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE, as when they were set`,
      );
    }
    const options = this.options(["config"]);
    const command = ["config", "--show-secrets", "--json", "--config-file", file];
    const { stdout } = await execa(
      "pulumi",
      [...command, "--stack", this.stack, "--non-interactive"],
      {
        ...options,
        cwd: this.target.stateFolder,
        // The stack's own passphrase is that of the deployment, and not of the file.
        env: { ...options.env, PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE },
      },
    );
    const all = JSON.parse(stdout) as Record<string, { value?: unknown; objectValue?: unknown }>;
    return Object.fromEntries(
      Object.entries(all).map(([key, { value, objectValue = value }]) => [key, objectValue]),
    );
  }

  /** The outputs of the last deployment, with secrets hidden. */
  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = await this.runStackCommand([
      "stack",
      "output",
      "--json",
      "--stack",
      this.stack,
    ]);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /**
   * Runs `pulumi` on the stack without output.
   *
   * @throws ExecaError with its output if it fails.
   */
  async runSilently(...args: string[]): Promise<void> {
    const command = [...(await this.prepareArguments(args)), "--non-interactive"];
    await execa("pulumi", command, this.options(args));
  }

  /** Reads the state of the last deployment, with secrets in plain text. */
  async exportState(): Promise<unknown> {
    const { stdout } = await this.runStackCommand([
      "stack",
      "export",
      "--show-secrets",
      "--stack",
      this.stack,
    ]);
    return JSON.parse(stdout);
  }

  private async prepareArguments(args: string[]): Promise<string[]> {
    const [command = ""] = args;
    const configured = readsConfig.has(command) ? ["--config-file", this.stackFile] : [];
    if (!this.usesNamedPlugins(args)) return [...args, "--stack", this.stack, ...configured];
    await mkdir(this.projectFolder, { recursive: true });
    const project = projectWithPlugins(this.projectFile, this.program, ownPrograms);
    await writeFile(join(this.projectFolder, "Pulumi.yaml"), stringify(project));
    return [...withAbsolutePaths(args, this.program), "--stack", this.stack, ...configured];
  }

  /**
   * Whether the command starts plugins of an engine that was built here: a project file beside the state names them.
   */
  private usesNamedPlugins([command = ""]: string[]): boolean {
    return startsPlugins.has(command) && isOwnEngine(this.target);
  }

  /** A separate folder for each stack: another checkout may deploy another stack at the same time. */
  private get projectFolder(): string {
    return join(this.target.stateFolder, "projects", this.stack);
  }

  /** Runs a command that needs no program, in a folder without the project's configuration. */
  private runStackCommand(args: string[], { input = "" } = {}) {
    const options = { ...this.options(args), cwd: this.target.stateFolder, input };
    return execa("pulumi", [...args, "--non-interactive"], options);
  }

  private options(args: string[]) {
    const { kubeconfig, stateFolder } = this.target;
    return {
      cwd: this.usesNamedPlugins(args) ? this.projectFolder : this.program,
      env: {
        ...engineEnvironment(this.target),
        PULUMI_HOME: join(cacheDir, "pulumi", "home"),
        PULUMI_BACKEND_URL: `file://${stateFolder}`,
        PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile,
        // It would be preferred, and may be that of a stack's file.
        PULUMI_CONFIG_PASSPHRASE: undefined,
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
