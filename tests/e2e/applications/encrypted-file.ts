/** A stack's file as a team shares it: some of its values are encrypted with a passphrase that is not the deployment's. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { cacheFolder } from "../support/commands";

export class EncryptedFile {
  readonly folder = mkdtempSync(join(tmpdir(), "ha-postgres-encrypted-"));
  readonly path: string;
  private readonly engine: Record<string, string>;

  constructor(
    private readonly stack: string,
    readonly passphrase: string,
  ) {
    this.path = join(this.folder, `Pulumi.${stack}.yaml`);
    this.engine = {
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      PULUMI_BACKEND_URL: `file://${this.folder}`,
      PULUMI_HOME: join(this.folder, "home"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
  }

  write(config: object): void {
    writeFileSync(this.path, stringify({ config }));
  }

  /** Lets the engine write its salt into the file, after which values can be encrypted. */
  init(): void {
    const project = stringify({ name: "ha-postgres", runtime: "nodejs" });
    writeFileSync(join(this.folder, "Pulumi.yaml"), project);
    this.pulumi(["stack", "init", this.stack]);
  }

  set(path: string, value: string, ...options: string[]): void {
    const file = ["--stack", this.stack, "--config-file", this.path];
    this.pulumi(["config", "set", ...options, "--path", path, ...file], value);
  }

  setSecret(path: string, value: string): void {
    this.set(path, value, "--secret");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private pulumi(args: string[], input?: string): void {
    execFileSync(join(cacheFolder, "bin", "pulumi"), args, {
      cwd: this.folder,
      env: { ...process.env, ...this.engine },
      ...(input !== undefined && { input }),
    });
  }
}
