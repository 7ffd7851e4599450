import type { Archive } from "../archive.ts";
import { baseBackupsOf, firstStep, missingWal } from "../base-backups.ts";
import { CLUSTERS } from "../objects.ts";
import type { Backup, Cluster, ObjectStore, RecoveryWindow } from "../objects.ts";
import type { Mistake } from "../refusal.ts";
import { endFileCommand, type WrittenWal } from "../wal.ts";

/** What the user may do in the namespace. */
export interface Rights {
  create: boolean;
  delete: boolean;
  exec: boolean;
}

/** What there is of a cluster's archive. */
export interface Found {
  archive: Archive | Mistake;
  objectStore: ObjectStore | undefined;
  backups: readonly Backup[];
  /** The source's. @default - it does not serve */
  wal: WrittenWal | undefined;
  rights: Rights;
}

/** All that keeps a cluster from being restored from its archive to this time. */
export function judge(
  source: Cluster,
  found: Found,
  targetTime: string | undefined,
  now: Date,
): Mistake[] {
  const { archive, objectStore, backups, rights } = found;
  const { metadata } = source;
  if ("path" in archive) return [archive, ...missingRights(metadata.namespace, rights)];
  const window = objectStore?.status?.serverRecoveryWindow?.[archive.serverName] ?? {};
  const first = firstPoint(window);
  return [
    ...(first === undefined ? [emptiness(metadata.name, archive, objectStore, backups)] : []),
    ...(targetTime === undefined ? [] : unreachable(targetTime, first, now)),
    ...inconsistent(source, found, window, targetTime),
    ...missingRights(metadata.namespace, rights),
  ];
}

/** The end of the first base backup, if there is a completed one. */
function firstPoint(window: RecoveryWindow): string | undefined {
  return window.lastSuccessfulBackupTime === undefined
    ? undefined
    : window.firstRecoverabilityPoint;
}

/** PostgreSQL would look for the end of the base backup until the WAL ends, and give up then. */
function inconsistent(
  source: Cluster,
  { backups, wal }: Found,
  window: RecoveryWindow,
  targetTime: string | undefined,
): Mistake[] {
  const known = baseBackupsOf(source.metadata.name, window, backups);
  const begun = firstStep(known, targetTime);
  const missing = begun && missingWal(begun, wal);
  if (!missing) return [];
  const { backup, file, why } = missing;
  const found = { path: `${backup}: status.endWal`, value: file };
  const needed = "the restore begins with this base backup, which needs this WAL file, and that";
  const pod = source.status?.currentPrimary ?? "";
  if (why === "waiting") {
    return [
      {
        ...found,
        reason: `${needed} waits to be archived`,
        remedy: `Start the drill when it is; \`kubectl logs ${pod} --namespace=${source.metadata.namespace} --container=plugin-barman-cloud\` says why it is not`,
      },
    ];
  }
  return [
    {
      ...found,
      reason: `${needed} is not archived before the primary ends it, which it never does while nothing is written`,
      remedy: `Have it ended, and start the drill again: ${endFileCommand(source)}`,
    },
  ];
}

function emptiness(
  cluster: string,
  { objectStore, serverName }: Archive,
  store: ObjectStore | undefined,
  backups: readonly Backup[],
): Mistake {
  if (!store) {
    return {
      path: `${cluster}: spec.plugins[].parameters.barmanObjectName`,
      value: objectStore,
      reason: "there is no ObjectStore of that name that you could see",
      remedy: "Create it, or have somebody grant you get on objectstores.barmancloud.cnpg.io",
    };
  }
  const failed = backups
    .filter(({ spec, status }) => spec.cluster.name === cluster && status?.phase === "failed")
    .sort((one, other) => startOf(one) - startOf(other))
    .at(-1);
  const why =
    failed === undefined
      ? ""
      : `; the last one, ${failed.metadata.name}, has failed: ${failed.status?.error ?? "it does not say why"}`;
  return {
    path: `${objectStore}: status.serverRecoveryWindow`,
    value: Object.keys(store.status?.serverRecoveryWindow ?? {}),
    reason: `no base backup of ${serverName} has been completed${why}`,
    remedy: `Take one, and wait for it: kubectl cnpg backup ${cluster} --method=plugin --plugin-name=barman-cloud.cloudnative-pg.io`,
  };
}

function startOf({ status }: Backup): number {
  return Date.parse(status?.startedAt ?? "") || 0;
}

/** One without a zone is refused already, and compares with nothing. */
function unreachable(targetTime: string, first: string | undefined, now: Date): Mistake[] {
  const time = /(Z|[+-]\d{2}:\d{2})$/.test(targetTime) ? Date.parse(targetTime) : NaN;
  const path = "--target-time";
  if (time > now.getTime()) {
    return [
      {
        path,
        value: targetTime,
        reason: "it lies in the future, and nothing has been archived of that",
        remedy: "Leave it out to restore all that is in the archive",
      },
    ];
  }
  if (first !== undefined && time < Date.parse(first)) {
    return [
      {
        path,
        value: targetTime,
        reason: `it lies before ${first}, when the first base backup in the archive was complete`,
        remedy: `Give a time from ${first} on`,
      },
    ];
  }
  return [];
}

function missingRights(namespace: string, rights: Rights): Mistake[] {
  const needed = [
    ["create", `create ${CLUSTERS}`, "the drill restores into a Cluster of its own"],
    ["delete", `delete ${CLUSTERS}`, "the drill could not clean up after itself"],
    ["exec", "create pods/exec", "the drill looks into the restored database by psql in its pod"],
  ] as const;
  return needed
    .filter(([right]) => !rights[right])
    .map(([, what, reason]) => ({
      path: `kubectl auth can-i ${what} --namespace=${namespace}`,
      value: "no",
      reason,
      remedy: "Have somebody grant you that, or name the context of somebody who may",
    }));
}
