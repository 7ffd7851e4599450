import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apart, disagreements, families, requirements } from "../../../sandbox/toolchain/modules";

const required = new Map(families().map((family) => [family, requirements(family)]));

test("families have shared modules at one version, so that they are compiled once", () => {
  expect(disagreements(required)).toEqual([]);
});

test("exceptions are at another version and have a reason", () => {
  for (const [family, { modules, reason }] of Object.entries(apart)) {
    expect(reason).not.toBe("");
    const others = [...required].filter(([name]) => name !== family).map(([, other]) => other);
    const different = [...(required.get(family) ?? [])].filter(
      ([module, version]) =>
        modules.test(module) && others.some((other) => (other.get(module) ?? version) !== version),
    );
    expect(different).not.toEqual([]);
  }
});

describe("requirements and disagreements", () => {
  const folder = mkdtempSync(join(tmpdir(), "ha-postgres-toolchain-"));

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function family(name: string, goMod: string) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "go.mod"), goMod);
    return requirements(name, folder);
  }

  test("are read in all forms that Go writes, without replacements", () => {
    const found = family(
      "forms",
      [
        "module ha-postgres/sandbox/forms",
        "go 1.26.0",
        "tool example.com/tool/cmd/tool",
        "require example.com/one v1.2.3",
        "require (",
        "\texample.com/two/v2 v2.0.0-20260101000000-0123456789ab",
        "\tgopkg.in/three.v1 v1.0.0+incompatible // indirect",
        ")",
        "replace example.com/one => example.com/fork v1.9.9",
        "replace (",
        "\texample.com/two/v2 => ./two",
        ")",
      ].join("\n"),
    );
    expect([...found]).toEqual([
      ["example.com/one", "v1.2.3"],
      ["example.com/two/v2", "v2.0.0-20260101000000-0123456789ab"],
      ["gopkg.in/three.v1", "v1.0.0+incompatible"],
    ]);
  });

  test("the newest is the one that Go would choose", () => {
    const at = (version: string) => new Map([["example.com/m", version]]);
    const found = disagreements(
      new Map([
        ["a", at("v0.9.0")],
        ["b", at("v0.10.0")],
        ["c", at("v0.10.1-0.20260101000000-0123456789ab")],
        ["d", at("v0.10.1-rc.1")],
      ]),
    );
    expect(found).toEqual([
      {
        module: "example.com/m",
        newest: "v0.10.1-rc.1",
        versions: {
          a: "v0.9.0",
          b: "v0.10.0",
          c: "v0.10.1-0.20260101000000-0123456789ab",
          d: "v0.10.1-rc.1",
        },
      },
    ]);
  });

  test("families with the same version do not disagree", () => {
    const one = new Map([["example.com/m", "v1.0.0"]]);
    expect(
      disagreements(
        new Map([
          ["a", one],
          ["b", one],
          ["c", new Map()],
        ]),
      ),
    ).toEqual([]);
  });
});
