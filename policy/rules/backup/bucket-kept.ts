import { bucketsOfBackups } from "../../resources/buckets";
import { at, stackRule } from "../../engine/rule";
import { BUCKET } from "../../engine/types";

export const bucketKept = stackRule({
  name: "bucket-kept",
  group: "backup",
  description: "A bucket with backups is not deleted together with what is in it.",
  why: "With forceDestroy one mistaken destroy takes the database's last copies along.",
  remediation: "Remove forceDestroy.",
  severity: "critical",
  level: "mandatory",
  link: "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/",
  type: BUCKET,
  *judgeStack(stack) {
    for (const subject of bucketsOfBackups(stack)) {
      const destroyed = subject.object.at("forceDestroy");
      if (destroyed.flag !== true) continue;
      const reason = "a destroy would delete every backup in it";
      yield { subject, ...at(destroyed, reason, "Remove it, or set it to false") };
    }
  },
});
