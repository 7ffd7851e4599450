import type { Access } from "../access.ts";
import { archiveOf } from "../archive.ts";
import { validateSource, type Found, type Rights } from "./validation.ts";
import { findCluster, type Located } from "../command/find-cluster.ts";
import { getJson, type Kubectl } from "../kubectl.ts";
import { isAllowed } from "../command/rights.ts";
import {
  type Backup,
  BACKUPS,
  type Cluster,
  CLUSTERS,
  OBJECT_STORES,
  type ObjectStore,
} from "../objects.ts";
import type { Violation } from "../../../components/contract/violation.ts";
import { refuseAny, Refused } from "../refusal.ts";
import type { DrillRequest } from "./request.ts";
import { writtenWal } from "../wal.ts";

/**
 * Validates everything that a drill needs.
 *
 * @throws Refused with all violations, including those of the options. Nothing has been created by then.
 */
export async function acceptRequest(
  kubectl: Kubectl,
  access: Access,
  { request, violations }: { request: DrillRequest; violations: readonly Violation[] },
  now: Date,
): Promise<Located> {
  const located = await findCluster(kubectl, access, request);
  if ("path" in located) throw new Refused([...violations, located]);
  const { source } = located;
  const found = await gatherFacts(kubectl, source);
  refuseAny([...violations, ...validateSource(source, found, request.targetTime, now)]);
  return located;
}

async function gatherFacts(kubectl: Kubectl, source: Cluster): Promise<Found> {
  const inNamespace = `--namespace=${source.metadata.namespace}`;
  const archive = archiveOf(source);
  const may = (verb: string, resource: string, subresource?: string) =>
    isAllowed(kubectl, source.metadata.namespace, { verb, resource, subresource });
  const [objectStore, backups, wal, create, remove, execute] = await Promise.all([
    "path" in archive
      ? undefined
      : getJson<ObjectStore>(kubectl, OBJECT_STORES, archive.objectStore, inNamespace),
    getJson<{ items: Backup[] }>(kubectl, BACKUPS, inNamespace),
    writtenWal(kubectl, source),
    may("create", CLUSTERS),
    may("delete", CLUSTERS),
    may("create", "pods", "exec"),
  ]);
  const rights: Rights = { create, delete: remove, exec: execute };
  return { archive, objectStore, backups: backups?.items ?? [], wal, rights };
}
