import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gateOf } from "../../ops/engine/gate";

const stateFolder = mkdtempSync(join(tmpdir(), "ha-postgres-gate-"));
const own = { stateFolder, profile: "prod" as const };
const sandbox = { stateFolder, profile: "dev" as const };
const stack = { config: {} };

afterAll(() => {
  rmSync(stateFolder, { recursive: true });
});

/** The configuration that the engine receives. */
function policies({ options }: { options: string[] }): Record<string, unknown> {
  const file = options[options.indexOf("--policy-pack-config") + 1] ?? "";
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
}

function profile(name: string): unknown {
  const file = join(__dirname, "..", "..", "policy", "profiles", `${name}.json`);
  return JSON.parse(readFileSync(file, "utf8"));
}

test("a stack is checked with the profile of its name, or else with that of the target", async () => {
  expect(policies(await gateOf(own, "dev", stack))).toEqual(profile("dev"));
  expect(policies(await gateOf(sandbox, "prod", stack))).toEqual(profile("prod"));
  expect(policies(await gateOf(own, "shop", stack))).toEqual(profile("prod"));
  expect(policies(await gateOf(sandbox, "shop", stack))).toEqual(profile("dev"));
});

test("or with a file, which must exist and be readable", async () => {
  const file = join(stateFolder, "own.json");
  writeFileSync(file, '{ "zone-spread": "advisory" }');
  expect(policies(await gateOf(own, "prod", stack, file))).toEqual({ "zone-spread": "advisory" });
  writeFileSync(file, "zone-spread: advisory");
  for (const wrong of [file, join(stateFolder, "none.json")]) {
    await expect(gateOf(own, "prod", stack, wrong)).rejects.toThrow(
      `the policies in ${wrong} cannot be read`,
    );
  }
});

test("a mirror is trusted, unless the file names the trusted registries", async () => {
  const mirrored = { config: { "ha-postgres:mirror": { images: "registry.example.com/mirror" } } };
  const file = join(stateFolder, "registries.json");
  writeFileSync(
    file,
    '{ "cluster-image": { "registries": ["here"] }, "pooler-image": "advisory" }',
  );
  expect(policies(await gateOf(own, "prod", mirrored, file))).toEqual({
    "catalog-images": { registries: ["registry.example.com/mirror"] },
    "cluster-image": { registries: ["here"] },
    "pooler-image": { registries: ["registry.example.com/mirror"], enforcementLevel: "advisory" },
  });
});

test("an image that the sandbox has built needs no digest", async () => {
  const local = { config: { "ha-postgres:mirror": { images: "localhost/ha-postgres" } } };
  expect(policies(await gateOf(sandbox, "dev", local))["cluster-image"]).toEqual({
    registries: ["localhost/ha-postgres"],
    digest: false,
    enforcementLevel: "advisory",
  });
});

test("a preview runs first, until the same stack was deployed", async () => {
  const previews = async (config: Record<string, unknown>, name = "known") =>
    !(await gateOf(own, name, { config })).options.includes("--skip-preview");
  const gate = await gateOf(own, "known", { config: { a: "1" } });
  expect(await previews({ a: "1" })).toBe(true);
  await gate.passed();
  expect(await previews({ a: "1" })).toBe(false);
  expect(await previews({ a: "2" })).toBe(true);
  expect(await previews({ a: "1" }, "other")).toBe(true);
});
