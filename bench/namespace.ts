import { randomBytes } from "node:crypto";
import { kubectl } from "../ops/kubectl.ts";
import type { Target } from "../ops/target.ts";

/**
 * Creates a unique name for a namespace of this run: its content is removed at the end, and must not belong to others.
 */
export function benchNamespace(purpose: string): string {
  return `ha-postgres-bench-${purpose}-${randomBytes(4).toString("hex")}`;
}

/** Removes such a namespace with its content. */
export async function removeNamespace(target: Target, name: string): Promise<void> {
  await kubectl(target, "delete", "namespace", name, "--ignore-not-found", "--timeout=10m");
}
