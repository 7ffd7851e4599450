import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { levelIn } from "../../policy/engine/profiles";
import { rules } from "../../policy/rules";
import { declared } from "./support/declared-manifests";
import { check } from "./support/pack";

const FOLDER = join(__dirname, "manifests");
const files = readdirSync(FOLDER);
const active = rules.filter((rule) => levelIn("prod", rule) !== "disabled");

/** The rules in the file's first comment. */
function expected(text: string): string[] {
  const [, listed = ""] = /^# triggers:((?:.*\n#)*.*)\n/.exec(text) ?? [];
  return listed.split(/[\s#,]+/).filter((name) => name !== "");
}

test("there are 30 or more", () => {
  expect(files.length).toBeGreaterThanOrEqual(30);
});

test.each(files)("%s triggers exactly its rules", (file) => {
  const text = readFileSync(join(FOLDER, file), "utf8");
  const found = new Set(check(active, declared(text)).map(({ rule }) => rule));
  expect([...found].sort()).toEqual(expected(text).sort());
});
