import { rule } from "../../../contract/rule";
import type { RecoverySourceArgs, RecoveryTargetArgs } from "../args";

interface Recovery {
  createIfEmpty: boolean;
  /** Only defaults are left of a malformed source. */
  source: Partial<Pick<RecoverySourceArgs, "store" | "snapshots">>;
  target: RecoveryTargetArgs;
  cronJobs?: readonly unknown[];
}

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
    if (source.store !== undefined && source.store.accessKeyId === undefined) {
      yield {
        path,
        value: creates,
        reason:
          "needs an access key in source.store: the pod that looks into it has no service account with a role",
        remedy: "Set accessKeyId and secretAccessKey of the store, or remove it",
      };
    }
  },
});
