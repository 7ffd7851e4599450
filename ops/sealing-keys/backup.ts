import { createHash } from "node:crypto";

/** Label of the Secrets in which Sealed Secrets keeps its keys. Its value shows whether a key is used for new seals. */
export const KEY_LABEL = "sealedsecrets.bitnami.com/sealed-secrets-key";

/** A Secret with a sealing key, as the API server returns it. */
export interface KeySecret {
  apiVersion: "v1";
  kind: "Secret";
  metadata: {
    name: string;
    namespace: string;
    labels: Record<string, string>;
    annotations?: Record<string, string>;
  };
  type: string;
  data: Record<string, string>;
}

/** A file of sealing keys: a list that `kubectl apply` accepts too. */
export interface KeyBackup {
  apiVersion: "v1";
  kind: "List";
  items: KeySecret[];
}

/** Selects the fields of the Secrets to back up, without those of the cluster's API server. */
export function keyBackup(secrets: readonly KeySecret[]): KeyBackup {
  const items = secrets.map(({ metadata, type, data }) => {
    const { name, namespace, labels, annotations = {} } = metadata;
    const kept = Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED);
    return {
      apiVersion: "v1" as const,
      kind: "Secret" as const,
      metadata: {
        name,
        namespace,
        labels,
        ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }),
      },
      type,
      data,
    };
  });
  return { apiVersion: "v1", kind: "List", items };
}

/** kubectl's copy of the whole Secret, in an annotation of the Secret. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/**
 * Reads a backup.
 *
 * @throws Error if the file is not valid.
 */
export function parseKeyBackup(text: string): KeyBackup {
  const backup = parseJson(text);
  const { kind, items } = (backup ?? {}) as Partial<KeyBackup>;
  if (kind !== "List" || !Array.isArray(items) || items.length === 0) {
    throw new Error(
      "the file is not a backup of sealing keys. Use one that `sealing-keys backup` wrote",
    );
  }
  for (const item of items) {
    if (!isKeySecret(item)) throw new Error("the file contains something other than sealing keys");
  }
  return keyBackup(items);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isKeySecret(item: unknown): item is KeySecret {
  const { kind, metadata, data } = (item ?? {}) as {
    kind?: unknown;
    metadata?: { labels?: Record<string, string> };
    data?: Record<string, string>;
  };
  return (
    kind === "Secret" &&
    metadata?.labels?.[KEY_LABEL] !== undefined &&
    data?.["tls.key"] !== undefined &&
    data["tls.crt"] !== undefined
  );
}

/**
 * Renames the Secret if a different key has its name. A rebuilt cluster has a new key under the old name, which opens
 * everything sealed since: the restored key then gets another name.
 */
export function besideExisting(secret: KeySecret, existing: KeySecret | undefined): KeySecret {
  if (existing === undefined || existing.data["tls.key"] === secret.data["tls.key"]) return secret;
  const fingerprint = createHash("sha256")
    .update(secret.data["tls.crt"] ?? "")
    .digest("hex")
    .slice(0, 8);
  const name = `${secret.metadata.name}-${fingerprint}`;
  return { ...secret, metadata: { ...secret.metadata, name } };
}
