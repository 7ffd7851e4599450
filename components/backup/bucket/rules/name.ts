import { rule } from "../../../contract/rule";
import { awsBucketName } from "../../../formats/buckets";

export const backupBucketName = rule({
  name: "backup-bucket-name",
  why: "A bucket that nobody named is called after its component.",
  *check({ bucketName, generatedName }: { bucketName?: string; generatedName: string }) {
    if (bucketName !== undefined || awsBucketName.safeParse(generatedName).success) return;
    yield {
      path: "bucketName",
      value: undefined,
      reason: `S3 takes no bucket that is called after this component, such as ${generatedName}`,
      remedy: "Set bucketName to 3 to 63 lower-case letters, digits and dashes",
    };
  },
});
