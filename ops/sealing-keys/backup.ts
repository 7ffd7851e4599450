import { createHash } from "node:crypto";

/** Label of the Secrets in which Sealed Secrets keeps its keys; its value tells whether a key is used for new seals. */
export const KEY_LABEL = "sealedsecrets.bitnami.com/sealed-secrets-key";

/** A Secret with a sealing key, as the API server gives it. */
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

/** A file of sealing keys: a list that `kubectl apply` takes as well. */
export interface KeyBackup {
  apiVersion: "v1";
  kind: "List";
  items: KeySecret[];
}

/** What is worth keeping of the Secrets of a cluster: not what only that cluster's API server knows of them. */
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

/** Reads a backup. @throws Error that says what is wrong with the file. */
export function parseKeyBackup(text: string): KeyBackup {
  const backup = parsed(text);
  const { kind, items } = (backup ?? {}) as Partial<KeyBackup>;
  if (kind !== "List" || !Array.isArray(items) || items.length === 0) {
    throw new Error("the file is no backup of sealing keys; `sealing-keys backup` writes one");
  }
  for (const item of items) {
    if (!isKeySecret(item)) throw new Error("the file holds something else than sealing keys");
  }
  return keyBackup(items);
}

function parsed(text: string): unknown {
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
 * The Secret as it can be restored beside those that are there. A rebuilt cluster has a new key under the old name, and
 * what was sealed since needs that one: the restored key gets a name of its own then.
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
