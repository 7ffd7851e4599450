import { getJson, type Kubectl } from "../kubectl.ts";

interface Claim {
  metadata: { uid: string; ownerReferences?: { uid: string }[] };
  spec: { volumeName?: string };
}

interface Volume {
  metadata: { annotations?: Record<string, string> };
  spec: { persistentVolumeReclaimPolicy?: string; claimRef?: { uid?: string } };
}

/** Annotation of a dynamically provisioned volume: others may be reused by their owner. */
const PROVISIONED = "pv.kubernetes.io/provisioned-by";

/**
 * Lets the volumes of a drill be deleted with their claims. A StorageClass for databases retains them, so that each
 * drill would leave a copy of the whole database behind. The claims are found by their owner reference, since labels
 * may have been copied.
 *
 * @returns the volumes that remain, since the user is not allowed to change them.
 */
export async function releaseVolumes(
  kubectl: Kubectl,
  { uid, namespace }: { uid: string; namespace: string },
): Promise<string[]> {
  const claims = await getJson<{ items: Claim[] }>(
    kubectl,
    "persistentvolumeclaims",
    `--namespace=${namespace}`,
  );
  const stay: string[] = [];
  for (const { metadata, spec } of claims?.items ?? []) {
    const { ownerReferences = [] } = metadata;
    if (!ownerReferences.some((owner) => owner.uid === uid)) continue;
    const volume = spec.volumeName;
    if (volume === undefined) continue;
    const found = await getJson<Volume>(kubectl, "persistentvolumes", volume);
    if (found?.spec.persistentVolumeReclaimPolicy !== "Retain") continue;
    if (found.spec.claimRef?.uid !== metadata.uid) continue;
    if (found.metadata.annotations?.[PROVISIONED] === undefined) continue;
    const { ok } = await kubectl([
      "patch",
      "persistentvolume",
      volume,
      "--type=merge",
      '--patch={"spec":{"persistentVolumeReclaimPolicy":"Delete"}}',
    ]);
    if (!ok) stay.push(`persistentvolume/${volume}`);
  }
  return stay;
}
