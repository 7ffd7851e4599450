import type { Part } from "../engine/part";
import type { Resource } from "../engine/resource";
import { namespaceOf, nameOf, type Stack } from "../engine/stack";
import { CLUSTER, DATABASE_ROLE, OBJECT_STORE, POOLER, SECRET } from "../engine/types";

/** Endings of the names of Secrets that belong to a cluster or a pooler, whether its object names them or not. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  [CLUSTER]: ["app", "superuser", "ca", "server", "replication"],
  [POOLER]: ["app"],
};

/** The Secrets of a stack that a database uses. Those of other applications are not checked. */
export function databaseSecrets(stack: Stack): Resource[] {
  const used = new Set(
    stack.ofType(CLUSTER, DATABASE_ROLE, POOLER, OBJECT_STORE).flatMap((user) => {
      const namespace = namespaceOf(user);
      const own = OWN[user.type] ?? [];
      const names = own.map((suffix) => `${nameOf(user) ?? ""}-${suffix}`);
      // The Secret of a role's login has the name of the role's object.
      const ofRole = user.type === DATABASE_ROLE ? [nameOf(user) ?? ""] : [];
      const all = [...names, ...ofRole, ...textsIn(user.object.at("spec"))];
      return all.map((name) => `${namespace}/${name}`);
    }),
  );
  return stack.ofType(SECRET).filter((secret) => {
    const labels = secret.object.at("metadata", "labels").entries;
    const isLabelled = labels.some(([label]) => label.startsWith("cnpg.io/"));
    return isLabelled || used.has(`${namespaceOf(secret)}/${nameOf(secret) ?? ""}`);
  });
}

/**
 * All texts below a part: the names of Secrets are among them, and few other texts equal one. Values that are not known
 * yet are left out: the deployment checks again.
 */
function textsIn(part: Part): string[] {
  const { value } = part;
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  return [...keys].flatMap((key) => {
    try {
      return textsIn(part.at(key));
    } catch {
      return [];
    }
  });
}
