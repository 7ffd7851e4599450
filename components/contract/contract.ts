import type { z } from "zod";
import { dropUndefined } from "./drop-undefined";
import { ruleViolations, type Rule } from "./rule";
import { inspect } from "./schema";
import { refuse, type Violation } from "./violation";

/** Arguments with their defaults, as far as they are well-formed, and everything that is wrong with them. */
export interface Validated<Values> {
  values: Values;
  violations: Violation[];
}

/** How a component accepts its arguments. */
export interface Contract<Args, Values> {
  /**
   * The values of arguments that nothing is wrong with. A constructor calls it before `super()`, which registers the
   * component: what is refused leaves nothing behind.
   *
   * @throws InputPropertiesError with everything that is wrong with them, at once.
   */
  readonly accept: (name: string, args: Args) => Values;
  /** Validates the arguments without refusing them, for a stack that has many. */
  readonly validate: (name: string, args: Args) => Validated<Values>;
}

interface Definition<Args, Values> {
  /** What a refusal calls the component: `PostgresPooler`. */
  component: string;
  schema: z.ZodObject;
  rules: readonly Rule<Values>[];
  /** Sets what is called after the component, and so is held to the schema as well. */
  named?: (args: Args, name: string) => Args;
  /** Paths whose values are secrets, whatever somebody wrote there. */
  secrets?: RegExp;
}

interface Filled<Args, Values> extends Definition<Args, Values> {
  /** The values with every default. Of malformed arguments any may be missing at the top level. */
  fill: (args: Args, name: string) => Values;
}

/** Declares how a component accepts its arguments. Without `fill` the values are the arguments. */
export function contract<Args extends object>(
  definition: Definition<Args, Args>,
): Contract<Args, Args>;
export function contract<Args extends object, Values extends object>(
  definition: Filled<Args, Values>,
): Contract<Args, Values>;
export function contract<Args extends object, Values extends object>(
  definition: Definition<Args, Values> & Partial<Filled<Args, Values>>,
): Contract<Args, Values> {
  const { component, schema, rules, named, secrets } = definition;
  const fill = definition.fill ?? ((args: Args) => args as unknown as Values);
  const validate = (name: string, args: Args): Validated<Values> => {
    const given = dropUndefined(args);
    const { malformed, wellFormed } = inspect(schema, named ? named(given, name) : given);
    // Rules hold what is well-formed even where something else is not, so that all mistakes are seen at once.
    const values = fill(wellFormed as Args, name);
    const hidden = malformed.map((violation) =>
      secrets?.test(violation.path) ? { ...violation, value: "[secret]" } : violation,
    );
    return { values, violations: [...hidden, ...ruleViolations(rules, values, malformed)] };
  };
  return {
    validate,
    accept(name, args) {
      const { values, violations } = validate(name, args);
      refuse(`${component} "${name}"`, violations);
      return values;
    },
  };
}
