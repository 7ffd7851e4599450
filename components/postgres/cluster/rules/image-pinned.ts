import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../contract/rule";
import type { Refusal } from "../../../contract/schema";
import type { ClusterCatalogArgs } from "../../image-catalog/args";
import { majorOfTag, tagOf } from "../../../upstream/postgres/image-tags";

const pinRemedy = (version: number) =>
  `Pin a tag, better with its digest: ghcr.io/cloudnative-pg/postgresql:${version}.x-standard-trixie@sha256:...`;

export const imagePinned = rule({
  name: "image-pinned",
  why: "The operator reads PostgreSQL's version from the tag, and a moving tag changes it at any restart.",
  *check({ image, version, imageCatalog }: PinnedImage) {
    // That of another resource is validated once it is known.
    if (typeof image !== "string") return;
    // A catalogue says which version an image is of; a tag must not contradict it.
    if (imageCatalog) {
      const major = majorOfTag(tagOf(image));
      if (major !== undefined && major !== version && image === imageCatalog.image) {
        yield { path: "imageCatalog.image", value: image, ...otherVersion(major, version) };
      }
      return;
    }
    const refused = tagRefusal(tagOf(image), version);
    if (refused) yield { path: "image", value: image, ...refused };
  },
});

export interface PinnedImage {
  image?: pulumi.Input<string>;
  version: number;
  imageCatalog?: ClusterCatalogArgs;
}

function tagRefusal(tag: string | undefined, version: number): Refusal | undefined {
  if (tag === undefined) {
    return {
      reason:
        "must have a tag: without one the operator cannot read PostgreSQL's version and refuses it",
      remedy: pinRemedy(version),
    };
  }
  if (tag === "latest") {
    return {
      reason:
        "must not have the tag `latest`, which changes with time and which the operator refuses",
      remedy: pinRemedy(version),
    };
  }
  const major = majorOfTag(tag);
  if (major === undefined) {
    return {
      reason:
        "must have a tag that begins with PostgreSQL's version, from which the operator reads it",
      remedy: pinRemedy(version),
    };
  }
  return major === version ? undefined : otherVersion(major, version);
}

function otherVersion(major: number, version: number): Refusal {
  return {
    reason: `has a tag of PostgreSQL ${major}, but version is ${version}`,
    remedy: `Set version: ${major}, or an image of PostgreSQL ${version}`,
  };
}
