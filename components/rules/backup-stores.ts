import { z } from "zod";
import { maybe } from "./rule";

/** A store as the rules read it: what another resource produces counts as set, and not more. */
const store = z.object({
  destinationPath: z.unknown().optional(),
  endpointUrl: z.unknown().optional(),
  endpointCa: z.unknown().optional(),
  accessKeyId: z.unknown().optional(),
  secretAccessKey: z.unknown().optional(),
  roleArn: z.unknown().optional(),
  environment: maybe(z.record(z.string(), z.string())),
});

export type StoreSubject = z.output<typeof store>;

/** The stores of a cluster: its own, and the one that it comes from. */
export const storesSubject = z.object({
  backup: maybe(z.object({ store: maybe(store), generation: maybe(z.string()) })),
  source: maybe(z.object({ store: maybe(store), serverName: z.unknown().optional() })),
});

/** The stores that there are, each with its path. */
export function storesOf({
  backup,
  source,
}: z.output<typeof storesSubject>): { path: string; store: StoreSubject }[] {
  return [
    ...(backup?.store ? [{ path: "backup.store", store: backup.store }] : []),
    ...(source?.store ? [{ path: "source.store", store: source.store }] : []),
  ];
}
