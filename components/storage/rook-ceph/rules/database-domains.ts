import { rule } from "../../../contract/rule";
import type { RookCephLayout } from "./subject";

export const rookDatabaseDomains = rule({
  name: "rook-database-domains",
  why: "Databases survive a lost domain only if each of their instances has its data in a different one.",
  *check({ database, failureDomain, failureDomains }: RookCephLayout) {
    if (database === undefined) return;
    const { domains } = database;
    yield* domains.flatMap((domain, index) =>
      domains.indexOf(domain) < index
        ? [
            {
              path: `databasePool.domains[${index}]`,
              value: domain,
              reason: "is in the list already, and two pools cannot have the same name",
              remedy: "Remove it",
            },
          ]
        : [],
    );
    if (domains.length < 2) {
      yield {
        path: "databasePool.domains",
        value: domains,
        reason: `with all instances in one ${failureDomain} a lost disk could destroy all copies of a database`,
        remedy: `Name every ${failureDomain} that instances run in, or let databases use the block pool`,
      };
    } else if (domains.length > failureDomains) {
      yield {
        path: "databasePool.domains",
        value: domains,
        reason: `exceeds the ${failureDomains} ${failureDomain}s with disks: a pool on another one would never work`,
        remedy: `Remove those without disks, or set failureDomains to the number of ${failureDomain}s with disks`,
      };
    }
  },
});
