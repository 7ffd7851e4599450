import { failureDomainsOf, rookCephSubject } from "./rook-ceph-subject";
import { rule } from "./rule";

export const rookMons = rule({
  name: "rook-mons",
  why: "Monitors decide by majority, each on a host of its own.",
  subject: rookCephSubject,
  judge: (subject) => {
    const { mons = 3, failureDomain = "host" } = subject;
    if (mons % 2 === 0) {
      return [
        {
          path: "mons",
          value: mons,
          reason: `of ${mons} monitors no more can be lost than of ${mons - 1}, and one more can fail`,
          remedy: `Use ${mons - 1} or ${mons + 1}`,
        },
      ];
    }
    const hosts = failureDomainsOf(subject);
    // A zone may have several hosts.
    if (failureDomain !== "host" || mons <= hosts) return [];
    return [
      {
        path: "mons",
        value: mons,
        reason: `each needs a host of its own, and there are ${hosts}: the cluster would never become ready`,
        remedy: "Use fewer, or set failureDomains to the number of hosts",
      },
    ];
  },
});
