import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";

/** A setting of a rule, with its default. */
export interface Setting<T> {
  readonly schema: PolicyConfigJSONSchema;
  readonly default: T;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** The values of settings by their names. */
export type Values<S extends Settings> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

export function count(standard: number, description: string): Setting<number> {
  return {
    schema: { type: "integer", minimum: 0, default: standard, description },
    default: standard,
  };
}

export function flag(standard: boolean, description: string): Setting<boolean> {
  return { schema: { type: "boolean", default: standard, description }, default: standard };
}

export function text(standard: string, description: string): Setting<string> {
  return { schema: { type: "string", default: standard, description }, default: standard };
}

export function texts(
  standard: readonly string[],
  description: string,
): Setting<readonly string[]> {
  const schema = { type: "array", items: { type: "string" }, default: [...standard], description };
  return { schema: schema as PolicyConfigJSONSchema, default: standard };
}

/** The configured values, and defaults for the others. A value of another type than the setting's is ignored. */
export function valuesOf<S extends Settings>(settings: S, configured: unknown): Values<S> {
  const given = (typeof configured === "object" && configured !== null ? configured : {}) as Record<
    string,
    unknown
  >;
  const values = Object.entries(settings).map(([name, { default: standard }]) => {
    const value = given[name];
    const isOfType =
      typeof value === typeof standard && Array.isArray(value) === Array.isArray(standard);
    return [name, isOfType ? value : standard];
  });
  return Object.fromEntries(values) as Values<S>;
}
