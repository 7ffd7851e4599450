import { at, resourceRule } from "../../rule";
import { BUCKET } from "../../types";

export const bucketKept = resourceRule({
  name: "bucket-kept",
  group: "backup",
  description: "A bucket with backups is not deleted together with what is in it.",
  why: "With forceDestroy one mistaken destroy takes the database's last copies along.",
  remediation: "Remove forceDestroy.",
  severity: "critical",
  level: "mandatory",
  link: "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/",
  types: [BUCKET],
  *judge({ object }) {
    if (object.at("forceDestroy").flag !== true) return;
    yield at(
      object.at("forceDestroy"),
      "a destroy would delete every backup in it",
      "Remove it, or set it to false",
    );
  },
  remediate(properties) {
    properties["forceDestroy"] = false;
  },
});
