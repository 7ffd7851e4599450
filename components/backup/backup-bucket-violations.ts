import { backupBucketAccess } from "../rules/backup-bucket-access";
import { backupBucketRetention } from "../rules/backup-bucket-retention";
import { backupBucketShape } from "../rules/backup-bucket-shape";
import { awsBucketName } from "../rules/bucket-formats";
import { ruleViolations } from "../rules/rule";
import { shapeViolations } from "../rules/shape";
import type { Violation } from "../rules/violation";
import type { BackupBucketArgs } from "./backup-bucket-args";

/** Everything that is wrong with the arguments of the component of that name. */
export function backupBucketViolations(name: string, args: BackupBucketArgs): Violation[] {
  const named = {
    ...args,
    ...(args.user && { user: { ...args.user, secretName: args.user.secretName ?? name } }),
  };
  const malformed = shapeViolations(backupBucketShape, named);
  return [
    ...malformed,
    ...ruleViolations([backupBucketRetention, backupBucketAccess], named, malformed),
    ...(args.bucketName === undefined ? generatedNameViolations(name) : []),
  ];
}

/** Pulumi puts a dash and seven digits behind the resource's name. */
function generatedNameViolations(name: string): Violation[] {
  const generated = `${name}-bucket-0123456`;
  if (awsBucketName.safeParse(generated).success) return [];
  return [
    {
      path: "bucketName",
      value: undefined,
      reason: `S3 takes no bucket that is called after this component, such as ${generated}`,
      remedy: "Set bucketName to 3 to 63 lower-case letters, digits and dashes",
    },
  ];
}
