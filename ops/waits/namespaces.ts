import { mapping } from "../stack-file.ts";
import type { Foreseen } from "./foresight.ts";

/** A namespace of databases, as a stack declares it. */
export interface DeclaredNamespace {
  path: string;
  name: string;
  create: boolean;
}

/** Returns the namespaces of a stack's databases. What is malformed is refused by the stack's schema. */
export function declaredNamespaces(config: Record<string, unknown>): DeclaredNamespace[] {
  const own = config["ha-postgres:namespace"];
  const { name, create } = typeof own === "string" ? { name: own, create: true } : mapping(own);
  return [
    {
      path: typeof own === "string" || own === undefined ? "namespace" : "namespace.name",
      name: typeof name === "string" ? name : "databases",
      create: create !== false,
    },
    ...Object.entries(mapping(config["ha-postgres:namespaces"])).map(([key, declared]) => ({
      path: `namespaces.${key}`,
      name: key,
      create: mapping(declared)["create"] !== false,
    })),
  ];
}

/**
 * Finds namespaces that must exist and do not, and those to be created that are there already.
 *
 * @param existing - names of those in the Kubernetes cluster; undefined if they are not known.
 * @param owned - names of those that the stack has created.
 */
export function namespaceFaults(
  declared: readonly DeclaredNamespace[],
  existing: readonly string[] | undefined,
  owned: readonly string[],
): Foreseen[] {
  if (!existing) return [];
  return declared.flatMap(({ path, name, create }) => {
    const isThere = existing.includes(name);
    if (!create && !isThere) {
      return [
        {
          path,
          value: name,
          reason: "must exist, since the stack does not create it (create: false)",
          remedy: `Create it: kubectl create namespace ${name}`,
        },
      ];
    }
    if (!create || !isThere || owned.includes(name)) return [];
    return [
      {
        path,
        value: name,
        reason: "exists already, and the stack would create it",
        remedy: "Set create: false to use it as it is, or use another name",
      },
    ];
  });
}
