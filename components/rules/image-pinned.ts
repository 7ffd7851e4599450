import { z } from "zod";
import { maybe, rule } from "./rule";
import type { Violation } from "./violation";

const pinRemedy = (version: number) =>
  `Pin a tag, better with its digest: ghcr.io/cloudnative-pg/postgresql:${version}.x-standard-trixie@sha256:...`;

export const imagePinned = rule({
  name: "image-pinned",
  why: "The operator reads PostgreSQL's version from the tag, and a moving tag changes it at any restart.",
  subject: z.object({ image: maybe(z.string()), version: maybe(z.int()) }),
  judge: ({ image, version }) => {
    if (image === undefined || version === undefined) return [];
    const violation = judgeTag(tagOf(image), version);
    return violation ? [{ path: "image", value: image, ...violation }] : [];
  },
});

function judgeTag(
  tag: string | undefined,
  version: number,
): Pick<Violation, "reason" | "remedy"> | undefined {
  if (tag === undefined) {
    return {
      reason: "it has no tag, so the operator cannot tell PostgreSQL's version and refuses it",
      remedy: pinRemedy(version),
    };
  }
  if (tag === "latest") {
    return {
      reason: "`latest` is another PostgreSQL on another day, and the operator refuses it",
      remedy: pinRemedy(version),
    };
  }
  const major = /^(\d+)(?![\d])/.exec(tag)?.[1];
  if (major === undefined) {
    return {
      reason: "its tag does not begin with PostgreSQL's version, from which the operator reads it",
      remedy: pinRemedy(version),
    };
  }
  if (Number(major) === version) return undefined;
  return {
    reason: `its tag says PostgreSQL ${major} and version says ${version}`,
    remedy: `Set version: ${major}, or an image of PostgreSQL ${version}`,
  };
}

/** `registry:5000/name:tag@sha256:...` without anything but the tag. */
function tagOf(image: string): string | undefined {
  const name = image.split("@", 1)[0]?.split("/").at(-1) ?? "";
  const colon = name.indexOf(":");
  return colon < 0 ? undefined : name.slice(colon + 1);
}
