import { bucketsOfBackups } from "../../resources/buckets";
import { at, stackRule } from "../../engine/rule";
import { BUCKET } from "../../engine/types";

export const bucketKept = stackRule({
  name: "bucket-kept",
  group: "backup",
  description: "A bucket with backups is not deleted with its content.",
  why: "With forceDestroy a destroy by mistake deletes the last copies of the database.",
  remediation: "Remove forceDestroy.",
  severity: "critical",
  level: "mandatory",
  link: "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/",
  type: BUCKET,
  *checkStack(stack) {
    for (const resource of bucketsOfBackups(stack)) {
      const destroyed = resource.object.at("forceDestroy");
      if (destroyed.flag !== true) continue;
      const reason = "a destroy would delete every backup in it";
      yield { resource, ...at(destroyed, reason, "Remove it, or set it to false") };
    }
  },
});
