import * as pulumi from "@pulumi/pulumi";
import { pathWithoutSecrets, sentenceWithoutSecrets, withoutSecrets } from "./secrets-hidden";

/** One mistake in a declaration, explained so that it can be corrected without reading this package's code. */
export interface Violation {
  /** The property path of the mistake: `synchronous.number`, `roles[1].name`. */
  path: string;
  /** The value found there. It is not shown if it looks like a secret, see `secrets-hidden.ts`. */
  value: unknown;
  /** The reason for the refusal: what would break, and when. */
  reason: string;
  /** An imperative: what to write instead. */
  remedy: string;
}

/** Violations of a part, at the paths that they have in the whole. */
export function under(where: string, violations: readonly Violation[]): Violation[] {
  return violations.map((violation) => {
    const { path } = violation;
    return { ...violation, path: path.startsWith("[") ? `${where}${path}` : `${where}.${path}` };
  });
}

/** `synchronous.number = 3: <reason>. <remedy>.` */
export function describe(violation: Violation): string {
  return `${pathWithoutSecrets(violation.path)} = ${explain(violation)}`;
}

/**
 * Refuses a component's arguments with everything that is wrong about them at once, before any resource is registered.
 *
 * @throws InputPropertiesError when there is any violation; each names the path, the value, the reason and the remedy.
 */
export function refuse(component: string, violations: Violation[]): void {
  if (violations.length === 0) return;
  const lines = violations.map((violation) => `  - ${describe(violation)}`);
  throw new pulumi.InputPropertiesError({
    message: `${component} is refused:\n${lines.join("\n")}`,
    errors: violations.map((violation) => ({
      propertyPath: pathWithoutSecrets(violation.path),
      reason: explain(violation),
    })),
  });
}

function explain({ path, value, reason, remedy }: Violation): string {
  const words = [reason, remedy].map(sentenceWithoutSecrets).join(". ");
  return `${show(withoutSecrets(value, path))}: ${words}.`;
}

function show(value: unknown): string {
  if (value === undefined) return "(not set)";
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return `(${typeof value})`;
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
