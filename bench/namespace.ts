import { randomBytes } from "node:crypto";
import { kubectl } from "../ops/kubectl.ts";
import type { Target } from "../ops/target.ts";

/** Names a namespace that is this run's alone: what it holds is removed in the end, and nobody else's may be in it. */
export function benchNamespace(purpose: string): string {
  return `ha-postgres-bench-${purpose}-${randomBytes(4).toString("hex")}`;
}

/** Removes such a namespace with all that is left in it. */
export async function removeNamespace(target: Target, name: string): Promise<void> {
  await kubectl(target, "delete", "namespace", name, "--ignore-not-found", "--timeout=10m");
}
