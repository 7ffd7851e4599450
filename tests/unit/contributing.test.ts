/** Does in a scratch copy what CONTRIBUTING.md says of an argument more. */
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import type * as Spec from "../../components/postgres/cluster/spec";
import type * as Values from "../../components/postgres/cluster/values";

const ROOT = join(__dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "ha-postgres-argument-"));
const cluster = join(scratch, "components/postgres/cluster");

beforeAll(() => {
  for (const part of ["components", "package.json", "tsconfig.json"]) {
    const filter = (path: string) => !/crds\/(definitions|schemas)/.test(path);
    cpSync(join(ROOT, part), join(scratch, part), { recursive: true, filter });
  }
  symlinkSync(join(ROOT, "node_modules"), join(scratch, "node_modules"));
  edit(
    "args/common.ts",
    "export interface ClusterArgs {",
    "  /** How it is called. */\n  description?: string;",
  );
  edit("spec.ts", "    instances,", "    description: values.description,");
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

test("without its schema it does not compile, and the compiler names it", () => {
  const errors = compile();
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.join("\n")).toMatch(
    /schema\.ts: .*description.*is missing|Property 'description' is missing/s,
  );
});

test("with its interface, its schema and its place it arrives in the object", () => {
  edit("schema.ts", "export const clusterFields = {", "  description: text.optional(),");
  expect(compile()).toEqual([]);
  const { postgresCluster } = jest.requireActual<typeof Values>(join(cluster, "values"));
  const { clusterSpec } = jest.requireActual<typeof Spec>(join(cluster, "spec"));
  const args = { namespace: "shop", storage: { size: "10Gi" }, description: "orders" };
  const { values, violations } = postgresCluster.validate("orders", args);
  expect(violations).toEqual([]);
  expect(clusterSpec(values, {})).toMatchObject({ description: "orders", instances: 3 });
});

test("no folder has more files than one looks through", () => {
  const files = [
    "components",
    "stack",
    "policy",
    "ops",
    "sandbox",
    "bench",
    "docs",
    "tests",
  ].flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: ROOT }));
  const isOurs = (file: string) => !/(^|\/)(node_modules|dist|crds)\//.test(file);
  const counts = new Map<string, number>();
  for (const file of files.filter(isOurs)) {
    const folder = dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  expect([...counts].filter(([, count]) => count > 20)).toEqual([]);
});

test("no source has data of its name beside it", () => {
  // `require` would take the data, and the engine's runner requires: jest does not show it.
  const data = globSync("{components,stack,policy,ops}/**/*.json", { cwd: ROOT });
  const beside = data.filter((file) => existsSync(join(ROOT, file.replace(/json$/, "ts"))));
  expect(beside.filter((file) => !/(node_modules|dist)\//.test(file))).toEqual([]);
});

/** Adds a line below another one. */
function edit(file: string, line: string, added: string): void {
  const path = join(cluster, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(line)) throw new Error(`${file} has no line ${line}`);
  writeFileSync(path, text.replace(line, `${line}\n${added}`));
}

function compile(): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(scratch, "tsconfig.json"),
    { noEmit: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  const program = ts.createProgram([join(cluster, "cluster.ts")], config?.options ?? {});
  return ["args/common.ts", "schema.ts", "values.ts", "values-common.ts", "spec.ts"].flatMap(
    (file) => {
      const diagnostics = program.getSemanticDiagnostics(
        program.getSourceFile(join(cluster, file)),
      );
      return diagnostics.map(
        ({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
      );
    },
  );
}
