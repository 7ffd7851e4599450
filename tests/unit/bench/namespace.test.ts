import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { FakeMachine } from "../support/fake-programs";

const bench = join(__dirname, "../../../bench");

test("a benchmark removes only the namespace of its own run", async () => {
  const machine = new FakeMachine();
  const { output } = await machine.evaluate(`
    import { benchNamespace, removeNamespace } from "${bench}/namespace.ts";
    const names = [benchNamespace("deploy"), benchNamespace("deploy")];
    for (const name of names) await removeNamespace({ context: "shop" }, name);
    console.log(names.join(" "));
  `);
  const [one = "", other = ""] = output.trim().split(" ");
  expect(one).toMatch(/^ha-postgres-bench-deploy-[0-9a-f]{8}$/);
  expect(one).not.toBe(other);
  expect(machine.calls("kubectl").map(({ line }) => line)).toEqual(
    [one, other].map(
      (name) => `--context=shop delete namespace ${name} --ignore-not-found --timeout=10m`,
    ),
  );
});

test("no benchmark removes a namespace in another way", () => {
  const files = readdirSync(bench).filter(
    (file) => file.endsWith(".ts") && file !== "namespace.ts",
  );
  for (const file of files) {
    const text = readFileSync(join(bench, file), "utf8");
    expect({
      file,
      found: /"delete", "namespace"|"ha-postgres-bench"/.test(withoutProjects(text)),
    }).toEqual({
      file,
      found: false,
    });
  }
});

/** Projects and ConfigMaps of programs, which the engine itself makes and removes, may be called so. */
function withoutProjects(text: string): string {
  return text.replace(/(?:project|name): "ha-postgres-bench"/g, "");
}
