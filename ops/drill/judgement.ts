import type { Archive } from "./archive.ts";
import { CLUSTERS } from "./objects.ts";
import type { Backup, Cluster, ObjectStore } from "./objects.ts";
import type { Mistake } from "./refusal.ts";

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
  rights: Rights;
}

/** All that keeps a cluster from being restored from its archive to this time. */
export function judge(
  { metadata }: Cluster,
  found: Found,
  targetTime: string | undefined,
  now: Date,
): Mistake[] {
  const { archive, objectStore, backups, rights } = found;
  if ("path" in archive) return [archive, ...missingRights(metadata.namespace, rights)];
  const first = firstPoint(archive, objectStore);
  return [
    ...(first === undefined ? [emptiness(metadata.name, archive, objectStore, backups)] : []),
    ...(targetTime === undefined ? [] : unreachable(targetTime, first, now)),
    ...missingRights(metadata.namespace, rights),
  ];
}

/** The end of the first base backup, if there is a completed one. */
function firstPoint({ serverName }: Archive, store: ObjectStore | undefined): string | undefined {
  const window = store?.status?.serverRecoveryWindow?.[serverName];
  return window?.lastSuccessfulBackupTime === undefined
    ? undefined
    : window.firstRecoverabilityPoint;
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
