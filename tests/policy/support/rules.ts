import { rules } from "../../../policy/rules";
import { goodStack } from "./good-stack";
import { changed, type Declared, check } from "./pack";

/** One change to the good stack, with all messages of one rule for it. */
export interface Case {
  rule: string;
  /** The resource that is changed, by its key in the good stack. */
  of: string;
  /** The field. An option begins with `$`; without a path the resource is left out. */
  path?: string;
  /** Its new value; without one the field is left out. */
  value?: unknown;
  /** An additional resource. */
  beside?: Declared;
  /** A resource that is left out, by its key. */
  without?: string;
  says: string[];
}

/** Allows the experiment in the good stack. */
const CONFIGURATION = { allowedNamespaces: ["staging"] };

export function messages({
  rule: name,
  of,
  path,
  value,
  beside,
  without = "",
}: Omit<Case, "says">): string[] {
  const stack = (path === undefined ? goodStack(of) : goodStack(without)).map((resource) => {
    if (path === undefined || resource.name !== of) return resource;
    if (path.startsWith("$")) return { ...resource, [path.slice(1)]: value };
    return { ...resource, object: changed(resource.object, path, value) };
  });
  const checked = rules.filter((rule) => rule.name === name);
  const whole = beside ? [...stack, beside] : stack;
  return check(checked, whole, CONFIGURATION).map(({ message }) => message);
}

/** A test for each change, and one that each rule of a group has a change. */
export function testCases(group: string, cases: readonly Case[]): void {
  test.each(
    cases.map((one) => [one.rule, one.of, one.path ?? "(left out)", one.value, one] as const),
  )("%s: %s %s = %j", (name, of, path, value, { says, ...change }) => {
    expect(messages(change)).toEqual(says);
  });

  test.each(rules.filter((rule) => rule.group === group).map(({ name }) => name))(
    "%s is tested, and reports nothing for the good stack",
    (name) => {
      expect(cases.map(({ rule }) => rule)).toContain(name);
      expect(messages({ rule: name, of: "none" })).toEqual([]);
    },
  );
}
