import { rule } from "../../../contract/rule";
import type { RecoverySourceArgs, RecoveryTargetArgs } from "../args";

interface Recovery {
  createIfEmpty: boolean;
  /** Only defaults are left of a malformed source. */
  source: Partial<Pick<RecoverySourceArgs, "store" | "snapshots">>;
  target: RecoveryTargetArgs;
  cronJobs?: readonly unknown[];
}

const CLOUDS = [
  { argument: "google", name: "Google Cloud Storage" },
  { argument: "azure", name: "Azure Blob Storage" },
] as const;

export const createIfEmpty = rule({
  name: "create-if-empty",
  why: "Whether there is a base backup is looked up in the store, by its access key, before there is a cluster.",
  *check({ createIfEmpty: creates, source, target, cronJobs }: Recovery) {
    if (!creates) return;
    const path = "createIfEmpty";
    const [set] = Object.keys(target);
    if (set !== undefined) {
      yield {
        path,
        value: creates,
        reason: `must not be set together with target.${set}, which names a moment of a history that must be there`,
        remedy: "Remove one of the two",
      };
    }
    if (cronJobs !== undefined) {
      yield {
        path,
        value: creates,
        reason:
          "must not be set together with cronJobs, which need pg_cron in the data: an empty cluster has none",
        remedy: "Remove one of the two",
      };
    }
    if (source.snapshots !== undefined) {
      yield {
        path,
        value: creates,
        reason: "must not be set together with source.snapshots, which must be there",
        remedy: "Remove one of the two",
      };
    }
    const { store } = source;
    const cloud = CLOUDS.find(({ argument }) => store?.[argument] !== undefined);
    if (cloud) {
      yield {
        path,
        value: creates,
        reason: `looks for a backup by S3, and source.store is at ${cloud.name}`,
        remedy:
          "Remove it: declare a recovery where there is a backup, and a cluster where there is none",
      };
    } else if (store !== undefined && store.accessKeyId === undefined) {
      yield {
        path,
        value: creates,
        reason:
          "needs an access key in source.store: the pod that looks into it has no service account with a role",
        remedy:
          "Set accessKeyId and secretAccessKey of the store (in a stack awsS3.user instead of role), or remove it",
      };
    }
  },
});
