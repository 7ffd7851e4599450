import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { nearestOf } from "./nearest";
import type { Violation } from "./violation";

/** The reason and the remedy of a zod check that refuses: the parts of a {@link Violation} that zod does not have. */
export interface Refusal {
  reason: string;
  remedy: string;
}

/**
 * A check with its reason and remedy: `z.string().refine(isCron, refusal({ reason, remedy }))`.
 */
export function refusal({ reason, remedy }: Refusal) {
  return { params: { reason, remedy } };
}

/**
 * A value that another resource may produce. An Output passes, since it cannot be validated yet; a plain value must
 * match `schema`.
 */
export function input<S extends z.ZodType>(schema: S): z.ZodType<pulumi.Input<z.output<S>>> {
  const withDeferred = z
    .custom<pulumi.Input<z.output<S>>>(() => true)
    .superRefine((value: unknown, context) => {
      if (isDeferred(value)) return;
      for (const issue of schema.safeParse(value).error?.issues ?? []) {
        context.addIssue({ ...issue });
      }
    });
  plainSchemas.set(withDeferred, schema);
  return withDeferred;
}

const plainSchemas = new WeakMap<z.core.$ZodType, z.ZodType>();

/** The schema of the plain value that a file can hold where another resource may produce the value. */
export function plainSchemaOf(schema: z.core.$ZodType): z.ZodType | undefined {
  return plainSchemas.get(schema);
}

/**
 * A schema for each argument and for no other: a missing, misspelt or wrongly typed one does not compile.
 * `z.strictObject({ ... } satisfies Fields<ClusterStorageArgs>)`.
 */
export type Fields<Args> = { readonly [Name in keyof Required<Args>]: z.ZodType<Args[Name]> };

/** The mistakes in the shape of arguments, and the arguments without them. */
export interface Inspected {
  /**
   * Unknown keys, wrong types, formats and ranges. Strict objects (`z.strictObject`) are what makes a misspelt key an
   * error instead of a silent default.
   */
  malformed: Violation[];
  /**
   * The arguments with the types that the schema gives, of which required ones may be missing. An object that lacks a
   * required key is left out, and an element of an array leaves a hole, which `forEach`, `map`, `flatMap` and `filter`
   * skip: its neighbours keep their paths.
   */
  wellFormed: object;
}

/** Validates the shape of arguments. Objects at paths for which `isWhole` holds are never left out for a missing key. */
export function inspect(
  schema: z.ZodType,
  args: unknown,
  isWhole: IsWhole = (path) => path.length === 0,
): Inspected {
  const issues = issuesOf(schema, args);
  const violations = issues.flatMap((issue) => toViolations(schema, args, issue));
  // An Output instead of an object is reported once, not once for each key that zod misses in it.
  const seen = new Set<string>();
  const malformed = violations.filter(({ path, reason }) => {
    const key = `${path}\n${reason}`;
    return !seen.has(key) && seen.add(key);
  });
  return { malformed, wellFormed: pruned(schema, args, issues, isWhole) };
}

type Issue = z.core.$ZodIssue;
type IsWhole = (path: readonly PropertyKey[]) => boolean;

function issuesOf(schema: z.ZodType, value: unknown): Issue[] {
  return (schema.safeParse(value).error?.issues ?? []).flatMap(ofMeantOption);
}

/**
 * Reports a union by the option that is meant: the one with the value's type, if only parts of the value are wrong, and
 * otherwise the first; the others, such as `false`, have no parts.
 */
function ofMeantOption(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const isInParts = (issues: readonly Issue[]) =>
    issues.every(({ path, code }) => path.length > 0 || code === "unrecognized_keys");
  const meant = issue.errors.find(isInParts) ?? issue.errors[0] ?? [];
  return meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** Leaves out the parts that have an issue, then those that have one without these parts, and so on. */
function pruned(
  schema: z.ZodType,
  args: unknown,
  found: readonly Issue[],
  isWhole: IsWhole,
): object {
  let value = args;
  let issues = found;
  while (issues.length > 0) {
    const before = value;
    const places = issues.flatMap(placesOf).map((path) => placeToLeaveOut(before, path, isWhole));
    const gone = places.filter((path) => path !== undefined);
    if (gone.length === 0) break;
    value = gone.reduce<unknown>(without, before);
    issues = issuesOf(schema, value);
  }
  return typeof value === "object" && value !== null && !isDeferred(value) ? value : {};
}

function placesOf(issue: Issue): PropertyKey[][] {
  if (issue.code !== "unrecognized_keys") return [issue.path];
  return issue.keys.map((key) => [...issue.path, key]);
}

/** The path of the invalid part; of a missing one, that of the object around it. */
function placeToLeaveOut(
  root: unknown,
  path: readonly PropertyKey[],
  isWhole: IsWhole,
): readonly PropertyKey[] | undefined {
  if (valueAt(root, path) !== undefined) return path;
  const around = path.slice(0, -1);
  const parent = valueAt(root, around);
  // An element that was left out remains a hole.
  if (Array.isArray(parent)) return Reflect.has(parent, path.at(-1) ?? "") ? path : undefined;
  return isWhole(around) ? undefined : placeToLeaveOut(root, around, isWhole);
}

function without(value: unknown, path: readonly PropertyKey[]): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined || typeof value !== "object" || value === null) return undefined;
  if (isDeferred(value)) return undefined;
  if (Array.isArray(value)) {
    const copy: unknown[] = value.slice();
    const element = without(copy[Number(segment)], rest);
    if (element === undefined) Reflect.deleteProperty(copy, segment);
    else copy[Number(segment)] = element;
    return copy;
  }
  const { [segment]: part, ...others } = value as Record<PropertyKey, unknown>;
  const left = rest.length === 0 ? undefined : without(part, rest);
  return left === undefined ? others : { ...others, [segment]: left };
}

/** A path as a user would write it: `roles[1].name`, `parameters["auto_explain.log_analyze"]`. */
export function propertyPath(segments: readonly PropertyKey[]): string {
  if (segments.length === 0) return "args";
  return segments
    .map((segment, index) => {
      if (typeof segment === "number") return `[${segment}]`;
      const name = String(segment);
      if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `[${JSON.stringify(name)}]`;
      return index === 0 ? name : `.${name}`;
    })
    .join("");
}

function toViolations(schema: z.ZodType, args: unknown, issue: Issue): Violation[] {
  const deferredAt = issue.path.findIndex((_, index) =>
    isDeferred(valueAt(args, issue.path.slice(0, index + 1))),
  );
  if (deferredAt >= 0) {
    return [
      {
        path: propertyPath(issue.path.slice(0, deferredAt + 1)),
        value: "[Output]",
        reason:
          "must be a plain value: an output is known only during the deployment, too late to be validated",
        remedy: "Give a plain value here, from the stack's configuration for example",
      },
    ];
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: propertyPath([...issue.path, key]),
      // Not the value: a secret under a misspelt key would be printed.
      value: "[not shown]",
      reason: "is not an argument, and would do nothing",
      remedy: spellingRemedy(key, knownKeys(schema, issue.path)),
    }));
  }
  return [
    {
      path: propertyPath(issue.path),
      value: valueAt(args, issue.path),
      ...explain(issue),
    },
  ];
}

/** Types that users know by another name than zod's. */
const TYPE_NAMES: Readonly<Record<string, string>> = { int: "whole number", record: "object" };

function explain(issue: Issue): Refusal {
  switch (issue.code) {
    case "invalid_type": {
      const expected = TYPE_NAMES[issue.expected] ?? issue.expected;
      const article = /^[aeiou]/.test(expected) ? "an" : "a";
      return { reason: `must be ${article} ${expected}`, remedy: `Give ${article} ${expected}` };
    }
    case "invalid_value": {
      const values = issue.values.map((value) => JSON.stringify(value)).join(", ");
      return { reason: "is not a valid value", remedy: `Use one of ${values}` };
    }
    case "too_small":
      return {
        reason: `must ${verbOf(issue.origin)} at least ${issue.minimum}${unitOf(issue.origin)}`,
        remedy: `Use ${issue.minimum}${unitOf(issue.origin)} or more`,
      };
    case "too_big":
      return {
        reason: `must ${verbOf(issue.origin)} at most ${issue.maximum}${unitOf(issue.origin)}`,
        remedy: `Use ${issue.maximum}${unitOf(issue.origin)} or less`,
      };
    case "custom":
      if (isRefusal(issue.params))
        return { reason: issue.params.reason, remedy: issue.params.remedy };
      break;
    default:
      break;
  }
  return { reason: issue.message, remedy: "See the documentation of this argument for its form" };
}

function verbOf(origin: string): string {
  return unitOf(origin) === "" ? "be" : "have";
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  if (origin === "array") return " elements";
  return "";
}

function isRefusal(params: unknown): params is Refusal {
  return typeof params === "object" && params !== null && "reason" in params && "remedy" in params;
}

function isDeferred(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === "object" && value !== null && !isDeferred(value)
        ? (value as Record<PropertyKey, unknown>)[segment]
        : undefined,
    root,
  );
}

/** The keys that the object at `path` may have, found by walking the schema beside the path. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const segment of [...path, undefined]) {
    for (;;) {
      if (at instanceof z.ZodOptional) at = at.unwrap();
      else if (at instanceof z.ZodUnion) at = optionWithParts(at.options);
      else break;
    }
    if (segment === undefined) break;
    if (at instanceof z.ZodObject) at = (at.shape as Record<PropertyKey, unknown>)[segment];
    else if (at instanceof z.ZodArray) at = at.element;
    else if (at instanceof z.ZodRecord) at = at.valueType;
    else return [];
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

/** The option that has keys, if one has. */
function optionWithParts(options: readonly unknown[]): unknown {
  return options.find((option) => option instanceof z.ZodObject) ?? options[0];
}

function spellingRemedy(key: string, known: string[]): string {
  const nearest = nearestOf(key, known);
  if (nearest !== undefined) return `Did you mean \`${nearest}\`? If not, remove it`;
  return known.length > 0 ? `Remove it; there are ${known.join(", ")}` : "Remove it";
}
