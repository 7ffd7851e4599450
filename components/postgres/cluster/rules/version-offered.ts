import type * as pulumi from "@pulumi/pulumi";
import {
  LAST_RELEASES,
  OFFERED_POSTGRES,
  OLDEST_RUNNING_POSTGRES,
} from "../../../upstream/postgres/lifetimes";
import { rule } from "../../../contract/rule";

const { oldest, newest } = OFFERED_POSTGRES;

export const versionOffered = rule({
  name: "version-offered",
  why: "After a major version's last release its flaws are not fixed, so no new cluster should use it.",
  *check({ version, image }: { version: number; image?: pulumi.Input<string> }) {
    if (version >= oldest) return;
    const runs = version >= OLDEST_RUNNING_POSTGRES;
    // An image of it means a cluster that already runs it, which continues until it is upgraded.
    if (runs && image !== undefined) return;
    const last = LAST_RELEASES[version];
    yield {
      path: "version",
      value: version,
      reason:
        last === undefined
          ? "is not a version of PostgreSQL that still gets fixes"
          : `had its last release on ${last}, and flaws found later are not fixed`,
      remedy: runs
        ? `Use ${oldest} to ${newest}; a cluster that already runs ${version} keeps it with its image in \`image\`, until a higher version upgrades it`
        : `Use ${oldest} to ${newest}`,
    };
  },
});
