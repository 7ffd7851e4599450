import { companionsOf } from "../../resources/buckets";
import { at, stackRule } from "../../engine/rule";
import { BUCKET, BUCKET_ENCRYPTION } from "../../engine/types";

export const bucketEncrypted = stackRule({
  name: "bucket-encrypted",
  group: "backup",
  description: "A bucket has an encryption configuration.",
  why: "With your own key, reading the backups needs access to the bucket and to the key.",
  remediation: "Add a BucketServerSideEncryptionConfiguration with a KMS key.",
  severity: "low",
  level: "advisory",
  link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html",
  type: BUCKET,
  *checkStack(stack) {
    for (const { bucket, companion } of companionsOf(stack, BUCKET_ENCRYPTION)) {
      if (companion) continue;
      yield {
        resource: bucket,
        ...at(
          bucket.object.at("bucket"),
          "is encrypted only with Amazon's key",
          "Add a BucketServerSideEncryptionConfiguration",
        ),
      };
    }
  },
});
