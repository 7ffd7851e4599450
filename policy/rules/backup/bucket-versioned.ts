import { companionsOf } from "../../resources/buckets";
import { at, stackRule } from "../../engine/rule";
import { BUCKET, BUCKET_VERSIONING } from "../../engine/types";

export const bucketVersioned = stackRule({
  name: "bucket-versioned",
  group: "backup",
  description: "A bucket keeps what is overwritten or deleted.",
  why: "Whoever has the credentials of the database could delete its backups as well.",
  remediation: "Add a BucketVersioning with versioningConfiguration.status: Enabled.",
  severity: "high",
  level: "mandatory",
  link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
  type: BUCKET,
  *judgeStack(stack) {
    for (const { bucket, companion } of companionsOf(stack, BUCKET_VERSIONING)) {
      const status = companion?.object.at("versioningConfiguration", "status");
      if (status?.text === "Enabled") continue;
      const reason = companion
        ? "a backup that is deleted by mistake is gone"
        : "no BucketVersioning of the stack is for it, and a backup that is deleted is gone";
      yield {
        subject: companion ?? bucket,
        ...at(status ?? bucket.object.at("bucket"), reason, "Set the status Enabled"),
      };
    }
  },
});
