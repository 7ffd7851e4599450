import { rule } from "../../../contract/rule";
import type { Violation } from "../../../contract/violation";
import type { RecoverySourceArgs, RecoveryTargetArgs } from "../../recovery/args";
import type { OfSomeKinds } from "./some-kinds";

const KINDS = ["time", "lsn", "xid", "name", "immediate"] as const;

/** The targets that do not determine the base backup before them. */
const WITHOUT_POSITION = ["xid", "name", "immediate"] as const;

type Recovery = OfSomeKinds<{
  target: RecoveryTargetArgs;
  source: Pick<RecoverySourceArgs, "snapshots">;
}>;

export const recoveryTarget = rule({
  name: "recovery-target",
  why: "PostgreSQL recovers to one point, from one base backup before it.",
  *check({ target = {}, source }: Recovery) {
    const hasSnapshots = source?.snapshots !== undefined;
    yield* single(target);
    yield* positioned(target, hasSnapshots);
    yield* exclusive(target);
    if (hasSnapshots && target.backupId !== undefined) {
      yield {
        path: "target.backupId",
        value: target.backupId,
        reason:
          "has no effect: the recovery starts from source.snapshots, not from a backup in the store",
        remedy: "Remove one of the two",
      };
    }
  },
});

function isSet(target: RecoveryTargetArgs, kind: (typeof KINDS)[number]): boolean {
  return target[kind] !== undefined && target[kind] !== false;
}

function single(target: RecoveryTargetArgs): Violation[] {
  const [first, ...others] = KINDS.filter((kind) => isSet(target, kind));
  return others.map((kind) => ({
    path: `target.${kind}`,
    value: target[kind],
    reason: `must not be set with target.${first ?? ""}: PostgreSQL recovers to one of them`,
    remedy: "Remove one of them",
  }));
}

function positioned(target: RecoveryTargetArgs, hasSnapshots: boolean): Violation[] {
  const kind = WITHOUT_POSITION.find((candidate) => isSet(target, candidate));
  if (kind === undefined || hasSnapshots || target.backupId !== undefined) return [];
  return [
    {
      path: "target.backupId",
      value: undefined,
      reason: `must be set with target.${kind}, which does not determine the base backup before it`,
      remedy: 'Use status.backupId of a Backup before it, such as "20261121T020000"',
    },
  ];
}

function exclusive(target: RecoveryTargetArgs): Violation[] {
  if (target.exclusive !== true) return [];
  if (isSet(target, "time") || isSet(target, "lsn") || isSet(target, "xid")) return [];
  return [
    {
      path: "target.exclusive",
      value: true,
      reason: "needs a time, an LSN or a transaction, which PostgreSQL can stop before",
      remedy: "Remove it, or set one of those",
    },
  ];
}
