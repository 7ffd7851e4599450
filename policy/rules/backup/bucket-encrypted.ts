import { companionsOf } from "../../resources/buckets";
import { at, stackRule } from "../../engine/rule";
import { BUCKET, BUCKET_ENCRYPTION } from "../../engine/types";

export const bucketEncrypted = stackRule({
  name: "bucket-encrypted",
  group: "backup",
  description: "A bucket says how it encrypts.",
  why: "With a key of your own, who may read the backups is decided in two places and not in one.",
  remediation: "Add a BucketServerSideEncryptionConfiguration with a KMS key.",
  severity: "low",
  level: "advisory",
  link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html",
  type: BUCKET,
  *judgeStack(stack) {
    for (const { bucket, companion } of companionsOf(stack, BUCKET_ENCRYPTION)) {
      if (companion) continue;
      yield {
        subject: bucket,
        ...at(
          bucket.object.at("bucket"),
          "it is encrypted with Amazon's key alone",
          "Add a BucketServerSideEncryptionConfiguration",
        ),
      };
    }
  },
});
