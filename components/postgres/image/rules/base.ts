import { rule } from "../../../contract/rule";
import type { Refusal } from "../../../contract/schema";
import { majorOfTag, tagOf } from "../../../upstream/postgres/image-tags";
import { OFFERED_POSTGRES } from "../../../upstream/postgres/lifetimes";

export const imageBase = rule({
  name: "image-base",
  why: "What is built on a tag is built on what the tag names that day, and the operator takes the version from it.",
  *check({ version, base }: { version: number; base: string }, isMalformed) {
    if (isMalformed("version")) return;
    // No image of this version is pinned.
    if (base === "") {
      yield {
        path: "version",
        value: version,
        reason:
          "is not a version of PostgreSQL that still gets fixes, so that no image of it is pinned here",
        remedy: `Use ${OFFERED_POSTGRES.oldest} to ${OFFERED_POSTGRES.newest}, or set base to an image of it`,
      };
      return;
    }
    const refused = baseRefusal(base, version);
    if (refused) yield { path: "base", value: base, ...refused };
  },
});

function baseRefusal(base: string, version: number): Refusal | undefined {
  if (/^(docker\.io\/)?(library\/)?postgres[:@]/.test(base)) {
    return {
      reason:
        "is Docker's image of PostgreSQL, which has no user 26, as whom CloudNativePG runs it",
      remedy: "Use one of CloudNativePG's, such as the default",
    };
  }
  const major = majorOfTag(tagOf(base));
  if (major === undefined) {
    return {
      reason:
        "must have a tag that begins with PostgreSQL's version, which is that of what is built",
      remedy: `Give repository:tag@sha256:…, with a tag such as ${version}.6-standard-trixie`,
    };
  }
  if (!/^[\w./:-]+@sha256:[0-9a-f]{64}$/.test(base)) {
    return {
      reason: "must have a digest: what a tag names changes, and with it what is built",
      remedy:
        "Give repository:tag@sha256:…; `docker buildx imagetools inspect` of the image shows it",
    };
  }
  if (major === version) return undefined;
  return {
    reason: `is of PostgreSQL ${major}, but version is ${version}`,
    remedy: `Set version: ${major} or leave it out, or use a base of PostgreSQL ${version}`,
  };
}
