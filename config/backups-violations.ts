import { backupBucketViolations } from "../components/backup/backup-bucket-violations";
import { s3CompatibleStoreViolations } from "../components/backup/s3-compatible-store-violations";
import { propertyPath } from "../components/rules/shape";
import { type Violation, under } from "../components/rules/violation";
import { BACKUPS, backupOf, bucketArgs, longestRetention, storeArgs } from "./backups";
import { stackStore } from "./judged";
import {
  databasesOf,
  type AwsS3Config,
  type BackupsConfig,
  type StackConfig,
} from "./stack-config";

/** What is wrong with where backups go. */
export function backupsViolations(stack: StackConfig): Violation[] {
  const { backups, namespace } = stack;
  if (!backups) return noPlace(stack);
  const { awsS3, s3Compatible } = backups;
  return [
    ...onePlace(backups),
    ...(awsS3
      ? [
          ...shortRetention(stack, awsS3),
          ...under(
            "backups.awsS3",
            backupBucketViolations(BACKUPS, bucketArgs(stack, awsS3, namespace)),
          ),
        ]
      : []),
    ...(s3Compatible
      ? under(
          "backups.s3Compatible",
          s3CompatibleStoreViolations(BACKUPS, storeArgs(s3Compatible, namespace)),
        )
      : []),
  ];
}

function onePlace({ awsS3, s3Compatible }: BackupsConfig): Violation[] {
  if ((awsS3 === undefined) !== (s3Compatible === undefined)) return [];
  return [
    {
      path: "backups",
      value: awsS3 === undefined ? {} : "[not shown]",
      reason:
        awsS3 === undefined
          ? "nothing says where backups go"
          : "awsS3 and s3Compatible are both given, and which of them is meant cannot be told",
      remedy: "Give one of awsS3 and s3Compatible",
    },
  ];
}

/** A database that says how it is backed up, where nobody says to what place. */
function noPlace(stack: StackConfig): Violation[] {
  return databasesOf(stack)
    .filter(({ config: { backup } }) => backup !== false && backup && backup.store === undefined)
    .map(({ kind, key }) => ({
      path: `${propertyPath([kind, key])}.backup.store`,
      value: undefined,
      reason: "the stack names no place for backups",
      remedy: "Declare backups of the stack, or give this database a store of its own",
    }));
}

function shortRetention(stack: StackConfig, { retentionDays }: AwsS3Config): Violation[] {
  const { days, of } = longestRetention(stack);
  if (retentionDays === undefined || !of || retentionDays >= days) return [];
  return [
    {
      path: "backups.awsS3.retentionDays",
      value: retentionDays,
      reason: `${propertyPath([of.kind, of.key])} keeps backups for ${days} days, and what is deleted by mistake could not be brought back for as long`,
      remedy: `Use ${days} or more, or leave it out`,
    },
  ];
}

/** What archives needs the plugin, which needs no other word to be installed. */
export function pluginMissing(stack: StackConfig): Violation[] {
  if (stack.platform.barmanCloudPlugin) return [];
  const store = stackStore(stack);
  const user = databasesOf(stack).find(
    ({ config }) => "source" in config || backupOf(config, store) !== undefined,
  );
  if (!user) return [];
  const { certManager } = stack.platform;
  return [
    {
      path: "platform.barmanCloudPlugin",
      value: undefined,
      reason: `${propertyPath([user.kind, user.key])} needs it, for its archive`,
      remedy: `Add barmanCloudPlugin: {}${certManager ? "" : " and certManager: {}"}, with install: false for what is there already`,
    },
  ];
}
