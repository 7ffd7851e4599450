import type { StackConfig } from "../schema";

/** Returns the monitoring of a database or a pooler: by default on if the stack has a Prometheus. */
export function monitoringOf<Args extends object>(
  { platform }: StackConfig,
  monitoring: Args | false | undefined,
): Args | undefined {
  if (monitoring === false) return undefined;
  return monitoring ?? (platform.prometheusStack && ({} as Args));
}
