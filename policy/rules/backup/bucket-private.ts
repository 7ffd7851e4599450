import { companionsOf } from "../../resources/buckets";
import { at, stackRule } from "../../engine/rule";
import { BUCKET, BUCKET_ACCESS_BLOCK } from "../../engine/types";

const BLOCKS = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
];

export const bucketPrivate = stackRule({
  name: "bucket-private",
  group: "backup",
  description: "A bucket blocks public access regardless of its policy.",
  why: "One wrong statement in a policy would publish the database.",
  remediation: "Add a BucketPublicAccessBlock with all four settings true.",
  severity: "critical",
  level: "mandatory",
  link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  type: BUCKET,
  *checkStack(stack) {
    for (const { bucket, companion } of companionsOf(stack, BUCKET_ACCESS_BLOCK)) {
      if (!companion) {
        yield {
          resource: bucket,
          ...at(
            bucket.object.at("bucket"),
            "has no BucketPublicAccessBlock in the stack",
            "Add one with all four settings true",
          ),
        };
        continue;
      }
      for (const part of BLOCKS.map((setting) => companion.object.at(setting))) {
        if (part.flag === true) continue;
        const reason = "a mistake in an ACL or a policy could publish the backups";
        yield { resource: companion, ...at(part, reason, "Set it to true") };
      }
    }
  },
});
