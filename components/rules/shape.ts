import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { nearestOf } from "./nearest";
import type { Violation } from "./violation";

/** What a zod check says when it refuses: the two halves of a {@link Violation} that zod has no words for. */
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
 * A value that another resource may produce. What is still to come passes, since nothing can judge it yet; a plain
 * value is held to `schema`.
 */
export function input<S extends z.ZodType>(schema: S): z.ZodType<pulumi.Input<z.output<S>>> {
  return z
    .custom<pulumi.Input<z.output<S>>>(() => true)
    .superRefine((value: unknown, context) => {
      if (isDeferred(value)) return;
      for (const issue of schema.safeParse(value).error?.issues ?? []) {
        context.addIssue({ ...issue });
      }
    });
}

/**
 * Everything about `args` that does not have the shape of `schema`: unknown keys, wrong types, formats and ranges.
 * Strict objects (`z.strictObject`) are what makes a misspelt key an error instead of a silent default.
 */
export function shapeViolations(schema: z.ZodType, args: unknown): Violation[] {
  const issues = schema.safeParse(args).error?.issues ?? [];
  const violations = issues.flatMap((issue) => toViolations(schema, args, issue));
  // An Output in the place of an object is reported once, and not once for each key that zod missed in it.
  const seen = new Set<string>();
  return violations.filter(({ path, reason }) => {
    const key = `${path}\n${reason}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** What of `args` has the shape of `schema`: a copy less everything that {@link shapeViolations} reports. */
export function wellFormed(schema: z.ZodType, args: unknown): unknown {
  const issues = schema.safeParse(args).error?.issues ?? [];
  return issues
    .flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => [...issue.path, key])
        : [issue.path],
    )
    .reduce<unknown>(without, args);
}

function without(value: unknown, path: readonly PropertyKey[]): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined || typeof value !== "object" || value === null) return undefined;
  if (isDeferred(value)) return undefined;
  if (Array.isArray(value)) {
    // Neighbours keep their places: paths count them.
    return value.map((item: unknown, index) => (index === segment ? without(item, rest) : item));
  }
  const { [segment]: part, ...others } = value as Record<PropertyKey, unknown>;
  return rest.length === 0 ? others : { ...others, [segment]: without(part, rest) };
}

/** Path segments as a user would write them: `roles[1].name`, `parameters["auto_explain.log_analyze"]`. */
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

function toViolations(schema: z.ZodType, args: unknown, issue: z.core.$ZodIssue): Violation[] {
  const deferredAt = issue.path.findIndex((_, index) =>
    isDeferred(valueAt(args, issue.path.slice(0, index + 1))),
  );
  if (deferredAt >= 0) {
    return [
      {
        path: propertyPath(issue.path.slice(0, deferredAt + 1)),
        value: "[Output]",
        reason: "it is known only when the deployment runs, so no rule could judge it beforehand",
        remedy: "Give a plain value here, from the stack's configuration for example",
      },
    ];
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: propertyPath([...issue.path, key]),
      // Not the value: a secret under a misspelt key would be printed.
      value: "[not shown]",
      reason: "there is no such argument, and it would do nothing",
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

/** Where zod's name of a type is not what a user would call it. */
const TYPE_NAMES: Readonly<Record<string, string>> = { int: "whole number", record: "object" };

function explain(issue: z.core.$ZodIssue): Refusal {
  switch (issue.code) {
    case "invalid_type": {
      const expected = TYPE_NAMES[issue.expected] ?? issue.expected;
      const article = /^[aeiou]/.test(expected) ? "an" : "a";
      return { reason: `it has to be of type ${expected}`, remedy: `Give ${article} ${expected}` };
    }
    case "invalid_value": {
      const values = issue.values.map((value) => JSON.stringify(value)).join(", ");
      return { reason: "it is none of the values this can have", remedy: `Use one of ${values}` };
    }
    case "too_small":
      return {
        reason: `it is below the least that is possible, ${issue.minimum}${unitOf(issue.origin)}`,
        remedy: `Use ${issue.minimum}${unitOf(issue.origin)} or more`,
      };
    case "too_big":
      return {
        reason: `it is above the most that is possible, ${issue.maximum}${unitOf(issue.origin)}`,
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
    while (at instanceof z.ZodOptional || at instanceof z.ZodDefault) at = at.unwrap();
    if (segment === undefined) break;
    if (at instanceof z.ZodObject) at = (at.shape as Record<PropertyKey, unknown>)[segment];
    else if (at instanceof z.ZodArray) at = at.element;
    else if (at instanceof z.ZodRecord) at = at.valueType;
    else return [];
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function spellingRemedy(key: string, known: string[]): string {
  const nearest = nearestOf(key, known);
  if (nearest !== undefined) return `Did you mean \`${nearest}\`? If not, remove it`;
  return known.length > 0 ? `Remove it; there are ${known.join(", ")}` : "Remove it";
}
