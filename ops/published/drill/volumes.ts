import { getJson, type Kubectl } from "../kubectl.ts";

interface Claim {
  metadata: { uid: string; ownerReferences?: { uid: string }[] };
  spec: { volumeName?: string };
}

interface Volume {
  metadata: { annotations?: Record<string, string> };
  spec: { persistentVolumeReclaimPolicy?: string; claimRef?: { uid?: string } };
}

/** Of a volume that was made for its claim, and not by somebody who wants it back. */
const PROVISIONED = "pv.kubernetes.io/provisioned-by";

/**
 * Has the volumes of a drill go with their claims. A StorageClass for databases keeps them, and each drill would leave a copy of
 * the whole database behind. Its claims are those that belong to its cluster: a label anybody may have copied.
 *
 * @returns the volumes that stay, since nobody allowed us to change them.
 */
export async function releaseVolumes(
  kubectl: Kubectl,
  { uid, namespace }: { uid: string; namespace: string },
): Promise<string[]> {
  const claims = await getJson<{ items: Claim[] }>(
    kubectl,
    ...["persistentvolumeclaims", `--namespace=${namespace}`],
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
      ...["patch", "persistentvolume", volume, "--type=merge"],
      '--patch={"spec":{"persistentVolumeReclaimPolicy":"Delete"}}',
    ]);
    if (!ok) stay.push(`persistentvolume/${volume}`);
  }
  return stay;
}
