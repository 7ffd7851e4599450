import { z } from "zod";
import { maybe, rule } from "./rule";
import type { Violation } from "./violation";

const KINDS = ["time", "lsn", "xid", "name", "immediate"] as const;

/** The targets that do not tell which base backup lies before them. */
const WITHOUT_POSITION = ["xid", "name", "immediate"] as const;

const subject = z.object({
  target: maybe(
    z.object({
      time: maybe(z.string()),
      lsn: maybe(z.string()),
      xid: maybe(z.string()),
      name: maybe(z.string()),
      immediate: maybe(z.boolean()),
      backupId: maybe(z.string()),
      exclusive: maybe(z.boolean()),
    }),
  ),
  source: maybe(z.object({ snapshots: z.unknown().optional() })),
});

type Target = NonNullable<z.output<typeof subject>["target"]>;

export const recoveryTarget = rule({
  name: "recovery-target",
  why: "PostgreSQL recovers to one point, from one base backup before it.",
  subject,
  judge: ({ target = {}, source }) => {
    const hasSnapshots = source?.snapshots !== undefined;
    return [
      ...single(target),
      ...positioned(target, hasSnapshots),
      ...exclusive(target),
      ...(hasSnapshots && target.backupId !== undefined
        ? [
            {
              path: "target.backupId",
              value: target.backupId,
              reason:
                "the recovery starts from source.snapshots, and not from a backup in the store",
              remedy: "Remove one of the two",
            },
          ]
        : []),
    ];
  },
});

function isSet(target: Target, kind: (typeof KINDS)[number]): boolean {
  return target[kind] !== undefined && target[kind] !== false;
}

function single(target: Target): Violation[] {
  const [first, ...others] = KINDS.filter((kind) => isSet(target, kind));
  return others.map((kind) => ({
    path: `target.${kind}`,
    value: target[kind],
    reason: `target.${first ?? ""} is given as well, and PostgreSQL recovers to one of them`,
    remedy: "Remove one of them",
  }));
}

function positioned(target: Target, hasSnapshots: boolean): Violation[] {
  const kind = WITHOUT_POSITION.find((candidate) => isSet(target, candidate));
  if (kind === undefined || hasSnapshots || target.backupId !== undefined) return [];
  return [
    {
      path: "target.backupId",
      value: undefined,
      reason: `target.${kind} does not tell which base backup is before it`,
      remedy: 'Give status.backupId of a Backup before it, such as "20261121T020000"',
    },
  ];
}

function exclusive(target: Target): Violation[] {
  if (target.exclusive !== true) return [];
  if (isSet(target, "time") || isSet(target, "lsn") || isSet(target, "xid")) return [];
  return [
    {
      path: "target.exclusive",
      value: true,
      reason: "PostgreSQL can stop before a time, an LSN or a transaction only",
      remedy: "Remove it, or give one of those",
    },
  ];
}
