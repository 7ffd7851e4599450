import { z } from "zod";
import { maybe } from "./rule";

const node = z.object({ name: maybe(z.string()), devices: maybe(z.array(z.string())) });

/** The part of RookCephArgs that its rules compare. */
export const rookCephSubject = z.object({
  storage: maybe(
    z.object({
      allDevices: maybe(z.boolean()),
      deviceFilter: maybe(z.string()),
      nodes: maybe(z.array(node)),
      volumeClaims: maybe(z.object({ count: maybe(z.int()) })),
    }),
  ),
  failureDomain: maybe(z.string()),
  failureDomains: maybe(z.int()),
  mons: maybe(z.int()),
  blockPool: maybe(z.object({ replicas: maybe(z.int()) })),
  databasePool: maybe(z.object({ domains: maybe(z.array(z.string())) })),
  filesystem: maybe(z.object({ replicas: maybe(z.int()) })),
});

/** How many hosts or zones have disks, as far as the arguments tell. */
export function failureDomainsOf(subject: z.output<typeof rookCephSubject>): number {
  const { storage, failureDomain = "host", failureDomains } = subject;
  const nodes = failureDomain === "host" ? storage?.nodes?.length : undefined;
  return failureDomains ?? nodes ?? 3;
}
