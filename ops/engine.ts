import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { cacheDir } from "../sandbox/paths.ts";
import { type Target, environmentOf } from "./target.ts";

const root = join(import.meta.dirname, "..");
const passphraseFile = join(cacheDir, "pulumi", "passphrase");

/** The commands of the engine that take `--config-file`; the others refuse it. */
const readsConfig = new Set(["config", "destroy", "import", "preview", "refresh", "up"]);

/** The Pulumi engine on one stack of a target, with a state of its own: no login, no other stack of the user's. */
export class Engine {
  readonly stack: string;
  /** The configuration that the stack is deployed with. */
  readonly stackFile: string;
  private readonly target: Target;
  private readonly program: string;

  /** `program` is the folder of the program; by default that is the project's own. */
  constructor(target: Target, stack: string, program = root) {
    this.target = target;
    this.stack = stack;
    this.program = program;
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
    await this.aboutStack(["stack", "select", "--create", this.stack]);
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
    const stacks = join(this.target.stateFolder, ".pulumi", "stacks", "ha-postgres");
    return existsSync(join(stacks, `${this.stack}.json`));
  }

  /**
   * Runs `pulumi` on the stack, talking to the user. @throws Error when it fails; it has said why itself.
   *
   * A Ctrl-C reaches the engine by itself, as part of the terminal's foreground; it then finishes what is under way and
   * saves the state. All that is needed here is not to die before it.
   */
  async run(...args: string[]): Promise<void> {
    const engine = execa("pulumi", [...this.onStack(args), "--non-interactive"], {
      ...this.options(),
      stdio: ["ignore", "inherit", "inherit"],
      reject: false,
    });
    const stay = (): void => undefined;
    const cancel = (): void => void engine.kill("SIGINT");
    process.on("SIGINT", stay).on("SIGTERM", cancel);
    const { exitCode } = await engine;
    process.off("SIGINT", stay).off("SIGTERM", cancel);
    if (exitCode !== 0) throw new Error(`pulumi ${args[0] ?? ""} failed: see above`);
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
    await execa("pulumi", [...this.onStack(args), "--non-interactive"], this.options());
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

  private onStack(args: string[]): string[] {
    const configured = readsConfig.has(args[0] ?? "") ? ["--config-file", this.stackFile] : [];
    return [...args, "--stack", this.stack, ...configured];
  }

  /** A command that needs no program, run where the project's configuration is out of its reach. */
  private aboutStack(args: string[], { input = "" } = {}) {
    const options = { ...this.options(), cwd: this.target.stateFolder, input };
    return execa("pulumi", [...args, "--non-interactive"], options);
  }

  private options() {
    const { kubeconfig, stateFolder } = this.target;
    return {
      cwd: this.program,
      env: {
        ...environmentOf(this.target),
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
