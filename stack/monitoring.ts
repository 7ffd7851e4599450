import type { StackConfig } from "./schema";

/** How a database or a pooler is monitored: by default wherever the stack has a Prometheus. */
export function monitoringOf<Args extends object>(
  { platform }: StackConfig,
  monitoring: Args | false | undefined,
): Args | undefined {
  if (monitoring === false) return undefined;
  return monitoring ?? (platform.prometheusStack && ({} as Args));
}
