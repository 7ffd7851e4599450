import { rules } from "../../../policy/rules";
import { goodStack } from "./good-stack";
import { changed, type Declared, judge } from "./pack";

/** One change to the good stack, and all that one rule then says. */
export interface Case {
  rule: string;
  /** The resource that is changed, by its key in the good stack. */
  of: string;
  /** The field. An option begins with `$`; without a path the resource is left out. */
  path?: string;
  /** Its new value; without one the field is left out. */
  value?: unknown;
  /** What else is in the stack. */
  beside?: Declared;
  /** What is not, by its key. */
  without?: string;
  says: string[];
}

/** The chaos in the good stack is where it may be. */
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
  const judged = rules.filter((rule) => rule.name === name);
  const whole = beside ? [...stack, beside] : stack;
  return judge(judged, whole, CONFIGURATION).map(({ message }) => message);
}

/** A test for each change, and one that the rules of a group all have a change. */
export function testCases(group: string, cases: readonly Case[]): void {
  test.each(
    cases.map((one) => [one.rule, one.of, one.path ?? "(left out)", one.value, one] as const),
  )("%s: %s %s = %j", (name, of, path, value, { says, ...change }) => {
    expect(messages(change)).toEqual(says);
  });

  test.each(rules.filter((rule) => rule.group === group).map(({ name }) => name))(
    "%s is tested, and says nothing about what is good",
    (name) => {
      expect(cases.map(({ rule }) => rule)).toContain(name);
      expect(messages({ rule: name, of: "none" })).toEqual([]);
    },
  );
}
