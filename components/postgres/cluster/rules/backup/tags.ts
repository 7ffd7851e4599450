import type { ClusterBackupArgs } from "../../../../backup/args";
import { rule } from "../../../../contract/rule";
import { propertyPath } from "../../../../contract/schema";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const MOST = 10;

export const backupTags = rule({
  name: "backup-tags",
  why: "A tag that the store does not accept fails every upload.",
  *check({ backup }: { backup?: Pick<ClusterBackupArgs, "tags"> }) {
    const tags = Object.entries(backup?.tags ?? {});
    if (tags.length > MOST) {
      yield {
        path: "backup.tags",
        value: `${tags.length} tags`,
        reason: `exceeds the ${MOST} tags that S3 accepts for an object`,
        remedy: `Use ${MOST} or fewer`,
      };
      return;
    }
    for (const [key, value] of tags) {
      if (isTag(key, 128) && key !== "" && isTag(value, 256)) continue;
      yield {
        path: `backup.${propertyPath(["tags", key])}`,
        value,
        reason: "is not a valid tag in S3",
        remedy:
          "Use up to 128 characters for the key and 256 for the value: letters, digits, spaces and + - = . _ : / @",
      };
    }
  },
});

function isTag(text: string, most: number): boolean {
  return text.length <= most && /^[\p{L}\p{N} +\-=._:/@]*$/u.test(text);
}
