import { rule } from "../../../contract/rule";
import { awsBucketName } from "../../../formats/buckets";

export const backupBucketName = rule({
  name: "backup-bucket-name",
  why: "A bucket without a name gets one generated from its component's.",
  *check({ bucketName, generatedName }: { bucketName?: string; generatedName: string }) {
    if (bucketName !== undefined || awsBucketName.safeParse(generatedName).success) return;
    yield {
      path: "bucketName",
      value: undefined,
      reason: `S3 would reject a name generated from the component's, such as ${generatedName}`,
      remedy: "Set bucketName to 3 to 63 lower-case letters, digits and dashes",
    };
  },
});
