import { failureDomainsOf, rookCephSubject } from "./rook-ceph-subject";
import { rule } from "./rule";
import type { Violation } from "./violation";

export const rookDatabaseDomains = rule({
  name: "rook-database-domains",
  why: "Databases survive a lost domain only when each of their instances has its data in another one.",
  subject: rookCephSubject,
  judge: (subject) => {
    const { databasePool: { domains } = {}, failureDomain = "host" } = subject;
    if (domains === undefined) return [];
    const most = failureDomainsOf(subject);
    const violations: Violation[] = domains.flatMap((domain, index) =>
      domains.indexOf(domain) < index
        ? [
            {
              path: `databasePool.domains[${index}]`,
              value: domain,
              reason: "it is in the list already, and two pools cannot bear the same name",
              remedy: "Remove it",
            },
          ]
        : [],
    );
    if (domains.length < 2) {
      violations.push({
        path: "databasePool.domains",
        value: domains,
        reason: `with all instances in one ${failureDomain} a lost disk could take all copies of a database along`,
        remedy: `Name every ${failureDomain} that instances run in, or let databases use the block pool`,
      });
    } else if (domains.length > most) {
      violations.push({
        path: "databasePool.domains",
        value: domains,
        reason: `there are ${most} ${failureDomain}s with disks, and a pool on another one would never work`,
        remedy: `Remove those without disks, or set failureDomains to the number of ${failureDomain}s with disks`,
      });
    }
    return violations;
  },
});
