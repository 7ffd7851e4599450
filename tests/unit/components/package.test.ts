import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "../../..");

/** Another program that uses the package, the wrong way in one place, so that types which are `any` do not go unseen. */
const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { CloudNativePgOperator, PoolMode, PostgresCluster, PostgresPooler } from "ha-postgres";

async function main() {
  const registered: string[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      registered.push(type);
      return { id: name, state: inputs };
    },
    call: ({ inputs }) => inputs,
  });
  const operator = new CloudNativePgOperator("cnpg");
  const db = new PostgresCluster(
    "orders",
    { namespace: "shop", storage: { size: "10Gi" } },
    { dependsOn: operator },
  );
  const pooler = new PostgresPooler("orders-pooler", {
    namespace: "shop",
    cluster: db.name,
    poolMode: PoolMode.Transaction,
    maxConnections: db.maxConnections,
  });
  // @ts-expect-error There is no such pool mode.
  const wrong: ConstructorParameters<typeof PostgresPooler>[1]["poolMode"] = "statement";
  pulumi.all([pooler.host, pooler.serverConnections]).apply(([host, connections]) => {
    console.log(JSON.stringify({ host, connections, registered, wrong }));
  });
}
void main();
`;

describe("the package that npm publishes", () => {
  let program: string;
  let packed: string;

  beforeAll(() => {
    program = mkdtempSync(join(tmpdir(), "ha-postgres-program-"));
    packed = join(program, "node_modules/ha-postgres");
    mkdirSync(join(program, "node_modules"));
    npmPack(program);
    run("tar", ["-xzf", join(program, "package.tgz"), "-C", program]);
    renameSync(join(program, "package"), packed);
    linkDependencies(program);
  }, 120_000);

  afterAll(() => {
    rmSync(program, { recursive: true });
  });

  const dist = () => files(join(packed, "dist"));
  const manifest = () =>
    JSON.parse(readFileSync(join(packed, "package.json"), "utf8")) as {
      bin: Record<string, string>;
      dependencies: Record<string, string>;
    };

  test("holds the components in both forms, and nothing that only develops them", () => {
    expect(readdirSync(packed).sort()).toEqual(
      expect.arrayContaining(["PulumiPlugin.yaml", "bin", "components", "dist", "package.json"]),
    );
    const folders = ["tests", "sandbox", "ops", "policy", "examples", "node_modules"];
    expect(readdirSync(packed).filter((name) => folders.includes(name))).toEqual([]);
    expect(readdirSync(join(packed, "dist")).sort()).toEqual(["components", "ops"]);
    expect(globSync("{components,dist}/**/definitions/*.{ts,js}", { cwd: packed })).toEqual([]);
    expect(
      dist()
        .filter((file) => file.endsWith(".json"))
        .sort(),
    ).toEqual([
      ...["chaos-mesh", "prometheus-operator", "sealed-secrets"].map((name) =>
        join(packed, `dist/components/crds/definitions/${name}.json`),
      ),
      join(packed, "dist/components/postgres/watch/program/package.json"),
      join(packed, "dist/components/upstream/postgres/catalogue.json"),
      // What makes Node take the commands for the modules that they are.
      join(packed, "dist/ops/package.json"),
    ]);
    expect(globSync("dist/**/*.py", { cwd: packed }).sort()).toEqual(
      ["dumps.py", "main.py"].map((file) =>
        join("dist/components/postgres/logical-backup/program", file),
      ),
    );
  });

  test("depends on everything that it loads", () => {
    const loaded = dist()
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => [
        ...readFileSync(file, "utf8").matchAll(
          /^(?:(?! *\*).*require\(|(?:import|export) (?:.* from )?)"([^"]+)"/gm,
        ),
      ])
      .map(([, name = ""]) => name)
      .filter((name) => !name.startsWith(".") && !name.startsWith("node:"))
      .map((name) => name.split("/", name.startsWith("@") ? 2 : 1).join("/"));
    const declared = Object.keys(manifest().dependencies);
    expect([...new Set(loaded)].filter((name) => !declared.includes(name))).toEqual([]);
  });

  test("brings a command that runs from where it is installed", () => {
    const help = command("--help");
    expect(help).toMatchObject({ status: 0, stderr: "" });
    expect(help.stdout).toMatch(/^Usage: ha-postgres .*\n {2}drill /s);
    expect(command("drill", "restore", "--cluster", "orders", "--max-age", "1m")).toEqual({
      status: 2,
      stdout: "",
      stderr:
        "the drill is refused:\n" +
        '  - --max-age = "1m": has no effect without --newest. Add --newest, or remove --max-age.\n' +
        "  - --context = (not set): must be set: the current context may be the wrong one. Name a context that " +
        "`kubectl config get-contexts` shows.\n",
    });
    expect(command("drill", "failover", "--cluster", "orders", "--fault", "kill,boom").status).toBe(
      2,
    );
    expect(command("switchover", "--help").stdout).toMatch(/^Usage: ha-postgres switchover /);
  });

  /** The package's own command, as npx finds and runs it. */
  function command(...args: string[]) {
    const { bin } = manifest();
    const path = [join(ROOT, "node_modules/.bin"), process.env["PATH"]].join(":");
    const { status, stdout, stderr } = spawnSync(join(packed, bin["ha-postgres"] ?? ""), args, {
      cwd: program,
      encoding: "utf8",
      env: { ...process.env, PATH: path },
    });
    return { status, stdout, stderr };
  }

  test("is used in the README as in the example that compiles", () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const example = readFileSync(join(ROOT, "examples", "orders.ts"), "utf8");
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
  });

  test("compiles and runs in another program", () => {
    writeFileSync(join(program, "program.ts"), PROGRAM);
    cpSync(join(ROOT, "examples"), join(program, "examples"), { recursive: true });
    writeFileSync(
      join(program, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          target: "es2023",
          module: "nodenext",
          strict: true,
          skipLibCheck: true,
          types: [],
          lib: ["es2023", "dom"],
        },
        include: ["program.ts", "examples"],
      }),
    );
    run(join(ROOT, "node_modules/.bin/tsc"), ["--project", program]);
    const printed = run(process.execPath, [join(program, "program.js")]);
    expect(JSON.parse(printed)).toMatchObject({
      host: "orders-pooler.shop.svc",
      registered: expect.arrayContaining([
        "kubernetes:helm.sh/v3:Release",
        "kubernetes:postgresql.cnpg.io/v1:Cluster",
        "kubernetes:postgresql.cnpg.io/v1:Pooler",
      ]) as string[],
    });
  }, 120_000);
});

function npmPack(folder: string) {
  const [result] = JSON.parse(
    run("npm", ["pack", "--json", "--loglevel", "error", "--pack-destination", folder]),
  ) as { filename: string }[];
  renameSync(join(folder, result?.filename ?? ""), join(folder, "package.tgz"));
}

/** What an installation would bring, from where this checkout has it: the test needs no network. */
function linkDependencies(folder: string) {
  const source = join(ROOT, "node_modules");
  for (const name of readdirSync(source)) {
    if (name.startsWith(".") || name.startsWith("ha-postgres")) continue;
    symlinkSync(join(source, name), join(folder, "node_modules", name));
  }
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function run(command: string, args: string[]): string {
  return execFileSync(command, args, {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}
