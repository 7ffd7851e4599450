import { z } from "zod";
import { maybe, rule } from "./rule";
import { propertyPath } from "./shape";

/** Upstream: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const MOST = 10;

export const backupTags = rule({
  name: "backup-tags",
  why: "A tag that the store does not take fails every upload.",
  subject: z.object({ backup: maybe(z.object({ tags: maybe(z.record(z.string(), z.string())) })) }),
  judge: ({ backup }) => {
    const tags = Object.entries(backup?.tags ?? {});
    if (tags.length > MOST) {
      return [
        {
          path: "backup.tags",
          value: `${tags.length} tags`,
          reason: `S3 takes ${MOST} tags of an object`,
          remedy: `Leave ${MOST} or fewer`,
        },
      ];
    }
    return tags
      .filter(([key, value]) => !isTag(key, 128) || key === "" || !isTag(value, 256))
      .map(([key, value]) => ({
        path: `backup.${propertyPath(["tags", key])}`,
        value,
        reason: "S3 takes no such tag",
        remedy:
          "Use up to 128 characters for the key and 256 for the value: letters, digits, spaces and + - = . _ : / @",
      }));
  },
});

function isTag(text: string, most: number): boolean {
  return text.length <= most && /^[\p{L}\p{N} +\-=._:/@]*$/u.test(text);
}
