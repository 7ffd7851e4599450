import type { Archive } from "../archive.ts";
import { baseBackupsOf, firstStep, missingWal } from "../base-backups.ts";
import { CLUSTERS } from "../objects.ts";
import type { Backup, Cluster, ObjectStore, RecoveryWindow } from "../objects.ts";
import { missingRight } from "../command/rights.ts";
import type { Violation } from "../../../components/contract/violation.ts";
import { endFileCommand, type WrittenWal } from "../wal.ts";

/** The user's permissions in the namespace. */
export interface Rights {
  create: boolean;
  delete: boolean;
  exec: boolean;
}

/** Facts about a cluster's archive. */
export interface Found {
  archive: Archive | Violation;
  objectStore: ObjectStore | undefined;
  backups: readonly Backup[];
  /** The source's. @default - it does not serve */
  wal: WrittenWal | undefined;
  rights: Rights;
}

/** Validates that a cluster can be restored from its archive to this time. */
export function validateSource(
  source: Cluster,
  found: Found,
  targetTime: string | undefined,
  now: Date,
): Violation[] {
  const { archive, objectStore, backups, rights } = found;
  const { metadata } = source;
  if ("path" in archive) return [archive, ...missingRights(metadata.namespace, rights)];
  const window = objectStore?.status?.serverRecoveryWindow?.[archive.serverName] ?? {};
  const first = firstPoint(window);
  return [
    ...(first === undefined ? [missingBackup(metadata.name, archive, objectStore, backups)] : []),
    ...(targetTime === undefined ? [] : invalidTargetTime(targetTime, first, now)),
    ...missingWalViolations(source, found, window, targetTime),
    ...missingRights(metadata.namespace, rights),
  ];
}

/** The end of the first base backup, if there is a completed one. */
function firstPoint(window: RecoveryWindow): string | undefined {
  return window.lastSuccessfulBackupTime === undefined
    ? undefined
    : window.firstRecoverabilityPoint;
}

/** PostgreSQL would search the end of the base backup until the WAL ends, and then give up. */
function missingWalViolations(
  source: Cluster,
  { backups, wal }: Found,
  window: RecoveryWindow,
  targetTime: string | undefined,
): Violation[] {
  const known = baseBackupsOf(source.metadata.name, window, backups);
  const begun = firstStep(known, targetTime);
  const missing = begun && missingWal(begun, wal);
  if (!missing) return [];
  const { backup, file, why } = missing;
  const found = { path: `${backup}: status.endWal`, value: file };
  const needed =
    "the restore starts with this base backup, which needs this WAL file, and the file";
  const pod = source.status?.currentPrimary ?? "";
  if (why === "waiting") {
    return [
      {
        ...found,
        reason: `${needed} waits to be archived`,
        remedy: `Start the drill when it is archived; \`kubectl logs ${pod} --namespace=${source.metadata.namespace} --container=plugin-barman-cloud\` shows why it is not`,
      },
    ];
  }
  return [
    {
      ...found,
      reason: `${needed} is not archived before the primary ends it, which never happens while nothing is written`,
      remedy: `End it, and start the drill again: ${endFileCommand(source)}`,
    },
  ];
}

function missingBackup(
  cluster: string,
  { objectStore, serverName }: Archive,
  store: ObjectStore | undefined,
  backups: readonly Backup[],
): Violation {
  if (!store) {
    return {
      path: `${cluster}: spec.plugins[].parameters.barmanObjectName`,
      value: objectStore,
      reason: "names an ObjectStore that does not exist, or that you are not allowed to read",
      remedy: "Create it, or ask an administrator for get on objectstores.barmancloud.cnpg.io",
    };
  }
  const failed = backups
    .filter(({ spec, status }) => spec.cluster.name === cluster && status?.phase === "failed")
    .sort((one, other) => startOf(one) - startOf(other))
    .at(-1);
  const why =
    failed === undefined
      ? ""
      : `; the last one, ${failed.metadata.name}, has failed: ${failed.status?.error ?? "no reason is reported"}`;
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

/** A time without a zone is refused already, and compares as false here. */
function invalidTargetTime(targetTime: string, first: string | undefined, now: Date): Violation[] {
  const time = /(Z|[+-]\d{2}:\d{2})$/.test(targetTime) ? Date.parse(targetTime) : NaN;
  const path = "--target-time";
  if (time > now.getTime()) {
    return [
      {
        path,
        value: targetTime,
        reason: "must not be in the future: nothing has been archived of it",
        remedy: "Remove it to restore everything in the archive",
      },
    ];
  }
  if (first !== undefined && time < Date.parse(first)) {
    return [
      {
        path,
        value: targetTime,
        reason: `must not be before ${first}, when the first base backup in the archive was complete`,
        remedy: `Use ${first} or later`,
      },
    ];
  }
  return [];
}

function missingRights(namespace: string, rights: Rights): Violation[] {
  const needed = [
    ["create", "create", CLUSTERS, "the drill creates a Cluster to restore to"],
    ["delete", "delete", CLUSTERS, "the drill must delete that Cluster at the end"],
    ["exec", "create", "pods/exec", "the drill checks the restored database with psql in its pod"],
  ] as const;
  return needed
    .filter(([right]) => !rights[right])
    .map(([, verb, resource, reason]) => missingRight(namespace, { verb, resource, reason }));
}
