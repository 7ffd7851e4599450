import type * as pulumi from "@pulumi/pulumi";
import type { PrimaryWatchArgs } from "../components";
import { type Violation, under } from "../components/contract/violation";
import { primaryWatch } from "../components/postgres/watch/values";
import { monitoringOf } from "./monitoring/monitoring";
import { namespaceOwner } from "./names";
import type { StackConfig, WatchConfig } from "./schema";

/** The name of the stack's watch, and by default of its namespace. */
export const WATCH = "primary-watch";

/** Returns the namespace of the stack's watch. */
export function watchNamespace({ namespace = WATCH }: WatchConfig): string {
  return namespace;
}

/** Returns whether a namespace is that of the stack's watch, which creates it. */
export function isOfWatch({ watch }: StackConfig, namespace: string): boolean {
  return watch !== undefined && watchNamespace(watch) === namespace;
}

/**
 * Returns the arguments of the stack's watch, over the namespaces of its databases. `pullSecrets` are those of the mirror,
 * each known once it is there.
 */
export function watchArgs(
  { mirror, ...stack }: StackConfig,
  { monitoring, ...declared }: WatchConfig,
  namespaces: pulumi.Input<string>[],
  pullSecrets: pulumi.Input<string>[] | undefined = mirror?.imagePullSecrets,
): PrimaryWatchArgs {
  return {
    ...declared,
    namespaces,
    mirror: mirror && { ...mirror, imagePullSecrets: pullSecrets },
    monitoring: monitoringOf(stack, monitoring),
  };
}

/** Returns everything that is wrong with the stack's watch. */
export function watchViolations(stack: StackConfig): Violation[] {
  const { watch } = stack;
  if (!watch) return [];
  const databases = Object.keys(stack.namespaces);
  const { violations } = primaryWatch.validate(WATCH, watchArgs(stack, watch, databases));
  // The program sets the watched namespaces: what is wrong with them is reported where the user wrote it.
  const own = violations.filter(({ path }) => !path.startsWith("namespaces"));
  const namespace = watchNamespace(watch);
  const owner = databases.includes(namespace)
    ? "the stack's databases"
    : namespaceOwner(stack, namespace);
  if (owner === undefined) return under("watch", own);
  const taken = {
    path: "namespace",
    value: namespace,
    reason: `belongs to ${owner}, and the watch creates a namespace for itself alone`,
    remedy: `Use a separate namespace for the watch, such as "${namespace === WATCH ? "watch" : WATCH}"`,
  };
  return under("watch", [...own, taken]);
}
