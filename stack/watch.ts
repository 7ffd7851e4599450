import type * as pulumi from "@pulumi/pulumi";
import type { PrimaryWatchArgs } from "../components";
import { type Violation, under } from "../components/contract/violation";
import { BUILT_IN_NAMESPACES } from "../components/operators/release/rules/namespace";
import { createdNamespaces } from "../components/platform/values";
import { primaryWatch } from "../components/postgres/watch/values";
import { monitoringOf } from "./monitoring";
import type { StackConfig, WatchConfig } from "./schema";

/** The name of the stack's watch, and by default of its namespace. */
export const WATCH = "primary-watch";

/** Returns the namespace of the stack's watch. */
export function watchNamespace({ namespace = WATCH }: WatchConfig): string {
  return namespace;
}

/** Returns the arguments of the stack's watch, over the namespace of its databases. */
export function watchArgs(
  stack: StackConfig,
  { monitoring, ...declared }: WatchConfig,
  namespace: pulumi.Input<string>,
): PrimaryWatchArgs {
  return {
    ...declared,
    namespaces: [namespace],
    mirror: stack.mirror,
    monitoring: monitoringOf(stack, monitoring),
  };
}

/** Returns everything that is wrong with the stack's watch. */
export function watchViolations(stack: StackConfig): Violation[] {
  const { watch, platform, namespace: databases } = stack;
  if (!watch) return [];
  const { violations } = primaryWatch.validate(WATCH, watchArgs(stack, watch, databases));
  // The program sets the watched namespaces: what is wrong with them is reported where the user wrote it.
  const own = violations.filter(({ path }) => !path.startsWith("namespaces"));
  const namespace = watchNamespace(watch);
  const [part] =
    Object.entries(createdNamespaces(platform)).find(([, other]) => other === namespace) ?? [];
  const owner =
    namespace === databases
      ? "the stack's databases"
      : part === undefined
        ? "Kubernetes"
        : `platform.${part}`;
  const isTaken =
    namespace === databases || part !== undefined || BUILT_IN_NAMESPACES.includes(namespace);
  const taken = {
    path: "namespace",
    value: namespace,
    reason: `belongs to ${owner}, and the watch creates a namespace for itself alone`,
    remedy: `Use a separate namespace for the watch, such as "${WATCH}"`,
  };
  return under("watch", isTaken ? [...own, taken] : own);
}
