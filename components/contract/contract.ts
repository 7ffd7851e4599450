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

/** Validates the arguments of a component. */
export interface Contract<Args, Values> {
  /**
   * Returns the values of valid arguments. A constructor calls it before `super()`, which registers the component:
   * refused arguments leave nothing behind.
   *
   * @throws InputPropertiesError with everything that is wrong with them, at once.
   */
  readonly accept: (name: string, args: Args) => Values;
  /** Validates the arguments without refusing them, for a stack that has many. */
  readonly validate: (name: string, args: Args) => Validated<Values>;
}

interface Definition<Args, Values> {
  /** The component's name in a refusal: `PostgresPooler`. */
  component: string;
  schema: z.ZodObject;
  rules: readonly Rule<Values>[];
  /** Sets names that default to the component's, so that the schema validates them as well. */
  named?: (args: Args, name: string) => Args;
  /** Paths whose values are never shown, even if they do not look like secrets. */
  secrets?: RegExp;
}

interface Filled<Args, Values> extends Definition<Args, Values> {
  /** The values with every default. Of malformed arguments any may be missing at the top level. */
  fill: (args: Args, name: string) => Values;
}

/** Declares how a component validates its arguments. Without `fill` the values are the arguments. */
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
    const { malformed, wellFormed } = inspect(
      schema,
      // Programs without types may give anything.
      named && isObject(given) ? named(given, name) : given,
    );
    // Rules check the well-formed arguments even if others are malformed, so that all mistakes are reported at once.
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

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
