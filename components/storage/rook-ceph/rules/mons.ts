import { rule } from "../../../contract/rule";
import { FailureDomain } from "../args";
import type { RookCephLayout } from "./subject";

export const rookMons = rule({
  name: "rook-mons",
  why: "Monitors decide by majority, each on a separate host.",
  *check({ mons, failureDomain, failureDomains }: RookCephLayout) {
    if (mons % 2 === 0) {
      yield {
        path: "mons",
        value: mons,
        reason: `must be odd: of ${mons} monitors no more can be lost than of ${mons - 1}, and one more can fail`,
        remedy: `Use ${mons - 1} or ${mons + 1}`,
      };
      return;
    }
    // A zone may have several hosts.
    if (failureDomain !== FailureDomain.Host || mons <= failureDomains) return;
    yield {
      path: "mons",
      value: mons,
      reason: `exceeds the ${failureDomains} hosts: each monitor needs a separate one, so the cluster would never become ready`,
      remedy: "Use fewer, or set failureDomains to the number of hosts",
    };
  },
});
