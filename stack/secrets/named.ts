import { propertyPath } from "../../components/contract/schema";
import { describe, type Violation } from "../../components/contract/violation";
import { nearestOf } from "../../components/contract/nearest";
import { madeObjects } from "../objects";
import type { StackConfig } from "../schema";
import { keysOf, secretNamespaces } from "./declared";
import type { SecretReference } from "./reference";
import { secretReferences } from "./references";
import { isOfWatch } from "../watch";

/** Finds what is wrong with the arguments that name a declared Secret, or one that a stack with `secrets` should declare. */
export function namedSecretViolations(
  declared: Record<string, unknown>,
  stack: StackConfig,
): Violation[] {
  return distinct([
    ...secretReferences(stack).flatMap((reference) => mismatch(stack, reference)),
    ...(declared["secrets"] === undefined ? [] : undeclared(stack)),
  ]);
}

/** An argument that is read in several namespaces may be as wrong in each. */
function distinct(violations: Violation[]): Violation[] {
  const lines = violations.map(describe);
  return violations.filter((_, index) => lines.indexOf(lines[index] ?? "") === index);
}

/**
 * Returns a warning for each argument that names a Secret of which the stack says nothing, in a namespace that it creates:
 * at the first deployment nobody can have made it before. Something may make it then, so that it is not refused.
 */
export function undeclaredSecretWarnings(
  declared: Record<string, unknown>,
  stack: StackConfig,
): string[] {
  return declared["secrets"] === undefined ? distinct(undeclared(stack)).map(describe) : [];
}

function undeclared(stack: StackConfig): Violation[] {
  const made = madeObjects(stack).filter(({ kind }) => kind === "Secret");
  const names = Object.keys(stack.secrets);
  return secretReferences(stack).flatMap(({ path, name, namespace, anywhere }) => {
    const isMade = made.some(
      (one) => one.name === name && (anywhere === true || one.namespace === namespace),
    );
    const isCreated = stack.namespaces[namespace]?.create === true || isOfWatch(stack, namespace);
    if (isMade || !isCreated || Object.hasOwn(stack.secrets, name)) return [];
    const nearest = nearestOf(name, names);
    const declare = "declare it in secrets, with external: true if something else makes it";
    return [
      {
        path,
        value: "[not shown]",
        reason: `names a Secret that the stack does not declare, in the namespace ${namespace} that it creates: nobody can have made it before the first deployment`,
        remedy:
          nearest === undefined
            ? declare.replace(/^d/, "D")
            : `Did you mean ${nearest}? If not, ${declare}`,
      },
    ];
  });
}

function mismatch(stack: StackConfig, reference: SecretReference): Violation[] {
  const { path, name, namespace, keys, role, anywhere } = reference;
  const declared = stack.secrets[name];
  if (!declared || anywhere) return [];
  const where = propertyPath(["secrets", name]);
  if (!secretNamespaces(stack, declared).includes(namespace)) {
    return [
      {
        path,
        value: "[not shown]",
        reason: `is read in ${namespace}, and ${where} is not in that namespace`,
        remedy: `Add ${namespace} to ${where}.namespaces`,
      },
    ];
  }
  const own = keysOf(declared);
  const missing = own === undefined ? [] : keys.filter((key) => !own.includes(key));
  if (missing.length > 0) {
    return [
      {
        path,
        value: "[not shown]",
        reason: `is read by the ${missing.length > 1 ? "keys" : "key"} ${missing.join(" and ")}, which ${where} does not have`,
        remedy: `Add ${missing.length > 1 ? "them" : "it"} there, or name another Secret`,
      },
    ];
  }
  const username = declared.data?.["username"];
  if (role === undefined || username === undefined || username === role) return [];
  return [
    {
      path,
      value: "[not shown]",
      reason: `is the login of the role ${role}, and ${where} has another username`,
      remedy: `Set its username to ${role}`,
    },
  ];
}
