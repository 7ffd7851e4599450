import { companionsOf } from "../../resources/buckets";
import { at, stackRule } from "../../engine/rule";
import { BUCKET, BUCKET_VERSIONING } from "../../engine/types";

export const bucketVersioned = stackRule({
  name: "bucket-versioned",
  group: "backup",
  description: "A bucket keeps overwritten and deleted objects.",
  why: "Otherwise anyone with the credentials of the database can delete its backups.",
  remediation: "Add a BucketVersioning with versioningConfiguration.status: Enabled.",
  severity: "high",
  level: "mandatory",
  link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
  type: BUCKET,
  *checkStack(stack) {
    for (const { bucket, companion } of companionsOf(stack, BUCKET_VERSIONING)) {
      const status = companion?.object.at("versioningConfiguration", "status");
      if (status?.text === "Enabled") continue;
      const reason = companion
        ? "a backup that is deleted by mistake is lost"
        : "has no BucketVersioning in the stack, and a backup that is deleted is lost";
      yield {
        resource: companion ?? bucket,
        ...at(status ?? bucket.object.at("bucket"), reason, "Set the status to Enabled"),
      };
    }
  },
});
