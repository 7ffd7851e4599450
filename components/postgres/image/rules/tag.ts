import { rule } from "../../../contract/rule";
import { majorOfTag } from "../../../upstream/postgres/image-tags";

export const imageTag = rule({
  name: "image-tag",
  why: "The operator reads PostgreSQL's version from the tag, whatever is in the image.",
  *check({ tag, version }: { tag?: string; version: number }, isMalformed) {
    if (tag === undefined || isMalformed("version") || isMalformed("base")) return;
    if (!/^\w[\w.-]{0,127}$/.test(tag)) {
      yield {
        path: "tag",
        value: tag,
        reason: "is not a valid tag of an image",
        remedy: "Use up to 128 letters, digits, dots, dashes and underscores",
      };
    } else if (majorOfTag(tag) !== version) {
      yield {
        path: "tag",
        value: tag,
        reason: `must begin with ${version}, PostgreSQL's version in the base, from which the operator reads it`,
        remedy: `Use a tag such as ${version}.6-shop, or leave it out`,
      };
    }
  },
});
