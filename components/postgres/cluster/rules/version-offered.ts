import {
  LAST_RELEASES,
  OFFERED_POSTGRES,
  OLDEST_RUNNING_POSTGRES,
} from "../../../upstream/postgres/lifetimes";
import { rule } from "../../../contract/rule";

const { oldest, newest } = OFFERED_POSTGRES;

export const versionOffered = rule({
  name: "version-offered",
  why: "After a major version's last release holes stay open, so nothing new should begin with it.",
  *check({ version, image }: { version: number; image?: string }) {
    if (version >= oldest) return;
    const runs = version >= OLDEST_RUNNING_POSTGRES;
    // Whoever names an image of it has a cluster that runs it: that one goes on until it is upgraded.
    if (runs && image !== undefined) return;
    const last = LAST_RELEASES[version];
    yield {
      path: "version",
      value: version,
      reason:
        last === undefined
          ? "it is no version of PostgreSQL that is still mended"
          : `PostgreSQL ${version} had its last release on ${last}, and what is found in it stays open`,
      remedy: runs
        ? `Use ${oldest} to ${newest}; a cluster that runs ${version} already keeps it if image names its image, until a higher version upgrades it`
        : `Use ${oldest} to ${newest}`,
    };
  },
});
