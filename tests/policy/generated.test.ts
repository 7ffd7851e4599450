import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { profileConfig, PROFILES, unknownNames } from "../../policy/engine/profiles";
import { rules } from "../../policy/rules";
import { rulesTable } from "../../policy/engine/table";

const POLICY = join(__dirname, "..", "..", "policy");
const OPENING = "<!-- rules -->";
const CLOSING = "<!-- /rules -->";

/** `UPDATE_POLICY_FILES=1 jest tests/policy/generated` writes what these tests compare; then format it. */
function isCurrent(file: string, text: string): void {
  const path = join(POLICY, file);
  if (process.env["UPDATE_POLICY_FILES"] !== undefined) writeFileSync(path, text);
  expect(unaligned(readFileSync(path, "utf8"))).toBe(unaligned(text));
}

/** Prettier aligns tables. */
function unaligned(text: string): string {
  return text.replace(/ +/g, " ").replace(/-{3,}/g, "---");
}

test("the README lists all rules", () => {
  const readme = readFileSync(join(POLICY, "README.md"), "utf8");
  const [before = ""] = readme.split(OPENING);
  const [, after = ""] = readme.split(CLOSING);
  isCurrent("README.md", `${before}${OPENING}\n\n${rulesTable(rules)}\n\n${CLOSING}${after}`);
});

test.each(PROFILES)("profiles/%s.json gives each rule its level", (profile) => {
  const text = `${JSON.stringify(profileConfig(profile, rules), null, 2)}\n`;
  isCurrent(join("profiles", `${profile}.json`), text);
});

test("profiles name only existing rules", () => {
  expect(unknownNames(rules)).toEqual([]);
});

test("there are 45 rules or more, each with a unique name", () => {
  const names = rules.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(45);
});

test.each(rules.map((rule) => [rule.name, rule] as const))("%s is documented", (name, rule) => {
  expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(rule.description).toMatch(/^[A-Za-z].+\.$/);
  expect(rule.why).toMatch(/^[A-Za-z`].+\.$/);
  expect(rule.remediation).toMatch(/^[A-Z].+\.$/);
  expect(rule.link).toMatch(/^https:\/\//);
});
