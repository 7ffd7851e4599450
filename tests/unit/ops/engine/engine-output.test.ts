import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withAbsolutePaths } from "../../../../ops/engine/arguments.ts";
import { EngineLines } from "../../../../ops/engine/lines.ts";
import { projectWithPlugins } from "../../../../ops/engine/project-file.ts";
import { FakeMachine } from "../../support/fake-programs";

/** Output of Pulumi 3.220 without a terminal. */
const PRINTED = `Previewing update (dev):
Loading policy packs...: starting
Loading policy packs...: done

@ Previewing update....
 +  pulumi:pulumi:Stack ha-postgres-dev create warning: a warning of the program
 +  ha-postgres:index:Platform platform create
 +  kubernetes:core/v1:Namespace databases create
 ~  kubernetes:postgresql.cnpg.io/v1:Cluster main-cluster update [diff: ~spec]
Policies:
    ✅ ha-postgres-policy@v0.1.0 (local: policy)
        - [advisory]  cluster-logs  (kubernetes:postgresql.cnpg.io/v1:Cluster: main-cluster)

Diagnostics:
  pulumi:pulumi:Stack (ha-postgres-dev):
    warning: a warning of the program

Resources:
    + 3 to create

Updating (dev):

@ Updating......
    pulumi:pulumi:Stack ha-postgres-dev running
 +  kubernetes:core/v1:Namespace databases creating (0s)
 +  kubernetes:core/v1:Namespace databases created (0.04s)
@ Updating....
 ~  kubernetes:postgresql.cnpg.io/v1:Cluster main-cluster updating (0s) [diff: ~spec]
 +  kubernetes:postgresql.cnpg.io/v1:Cluster other-cluster creating (0s) warning: Has no .status.conditions
 +  kubernetes:batch/v1:Job main-sql-check creating (4s) warning: [Pod databases/main-sql-check-95p7k]: Container "sql-check" completed with exit code 0
 ~  kubernetes:postgresql.cnpg.io/v1:Cluster main-cluster updating (9s) [diff: ~spec]; warning: the webhook is slow
 ~  kubernetes:postgresql.cnpg.io/v1:Cluster main-cluster updating (9s) [diff: ~spec]; warning: the webhook is slow
 ~  kubernetes:postgresql.cnpg.io/v1:Cluster main-cluster updated (12s) [diff: ~spec]
 ++ random:index:RandomId generation creating replacement (0s) [diff: ~keepers]
 ++ random:index:RandomId generation created replacement (0.1s) [diff: ~keepers]
 -- random:index:RandomId generation deleting original (0s)
 -- random:index:RandomId generation deleted original (0s)
 +  kubernetes:helm.sh/v3:Release operator creating (1s) error: context deadline exceeded
 +  kubernetes:helm.sh/v3:Release operator **creating failed** error: context deadline exceeded
    pulumi:pulumi:Stack ha-postgres-dev
    pulumi:pulumi:Stack ha-postgres-dev **failed** 1 error
Diagnostics:
  kubernetes:helm.sh/v3:Release (operator):
    error: context deadline exceeded
    a:b:C main creating
    http://host:1/path refused

Resources:
    + 1 created
    2 unchanged

Duration: 1m3s
`;

const TOLD = `Previewing update (dev):

 +  pulumi:pulumi:Stack ha-postgres-dev create warning: a warning of the program
Policies:
    ✅ ha-postgres-policy@v0.1.0 (local: policy)
        - [advisory]  cluster-logs  (kubernetes:postgresql.cnpg.io/v1:Cluster: main-cluster)

Diagnostics:
  pulumi:pulumi:Stack (ha-postgres-dev):
    warning: a warning of the program

Resources:
    + 3 to create

Updating (dev):

 +  kubernetes:core/v1:Namespace databases created (0.04s)
 ~  kubernetes:postgresql.cnpg.io/v1:Cluster main-cluster updating (9s) [diff: ~spec]; warning: the webhook is slow
 ~  kubernetes:postgresql.cnpg.io/v1:Cluster main-cluster updated (12s) [diff: ~spec]
 ++ random:index:RandomId generation created replacement (0.1s) [diff: ~keepers]
 -- random:index:RandomId generation deleted original (0s)
 +  kubernetes:helm.sh/v3:Release operator creating (1s) error: context deadline exceeded
 +  kubernetes:helm.sh/v3:Release operator **creating failed** error: context deadline exceeded
    pulumi:pulumi:Stack ha-postgres-dev **failed** 1 error
Diagnostics:
  kubernetes:helm.sh/v3:Release (operator):
    error: context deadline exceeded
    a:b:C main creating
    http://host:1/path refused

Resources:
    + 1 created
    2 unchanged

Duration: 1m3s
`;

test("prints one line for each completed operation, and every error", () => {
  const lines = new EngineLines();
  const told = PRINTED.split("\n").filter((line) => lines.take(line));
  expect(told.join("\n")).toBe(TOLD);
});

test.each([
  "error: could not load plugin",
  "    [mandatory]  cluster-instances  (kubernetes:postgresql.cnpg.io/v1:Cluster: main)",
  "    http://host:1/path refused",
  "    creating is what the program says",
  " a line: of the program's own that begins like a row",
  "panic: runtime error",
])("prints a line that is not a resource row: %s", (line) => {
  expect(new EngineLines().take(line)).toBe(true);
});

test("npm run down prints one line for each completed operation without a terminal", async () => {
  const machine = new FakeMachine();
  machine.stack("dev");
  machine.answers({
    pulumi: [
      { to: /^stack export/, says: {} },
      {
        to: /^destroy/,
        says: " -  kubernetes:core/v1:Namespace databases deleting (0s)\n -  kubernetes:core/v1:Namespace databases deleted (2s)\nlast",
        complains: "said to the standard error\n",
      },
    ],
    kubectl: [],
  });
  const { code, output, errors } = await machine.run("down", "--context", "shop");
  expect({ code, output, errors }).toEqual({
    code: 0,
    output:
      " -  kubernetes:core/v1:Namespace databases deleted (2s)\nlast\n\nthe stack's history has been removed too\n",
    errors: "said to the standard error\n",
  });
});

test("the project file names existing plugins, and the program's own file is unchanged", () => {
  const folder = mkdtempSync(join(tmpdir(), "ha-postgres-plugins-"));
  mkdirSync(join(folder, "other"));
  for (const file of [
    "pulumi",
    "pulumi-language-nodejs",
    "pulumi-resource-kubernetes",
    "pulumi-resource-random",
    "other/pulumi-analyzer-policy",
  ]) {
    writeFileSync(join(folder, file), "");
  }
  const project = { name: "ha-postgres", runtime: "nodejs", main: "index.ts" };
  expect(projectWithPlugins(project, "/program", [folder, join(folder, "other")])).toEqual({
    name: "ha-postgres",
    runtime: "nodejs",
    main: "/program/index.ts",
    plugins: {
      providers: [
        { name: "kubernetes", path: folder },
        { name: "random", path: folder },
      ],
      languages: [{ name: "nodejs", path: folder }],
      analyzers: [{ name: "policy", path: join(folder, "other") }],
    },
  });
  expect(project.main).toBe("index.ts");
});

test.each([
  [
    ["preview", "--save-plan", "plan.json", "--diff"],
    ["preview", "--save-plan", "/here/plan.json", "--diff"],
  ],
  [
    ["up", "-f", "--policy-pack=policy"],
    ["up", "-f", "--policy-pack=/here/policy"],
  ],
  [
    ["import", "-f", "/there/resources.json"],
    ["import", "-f", "/there/resources.json"],
  ],
])("files in %j are relative to the user's folder", (typed, meant) => {
  expect(withAbsolutePaths(typed, "/here")).toEqual(meant);
});
