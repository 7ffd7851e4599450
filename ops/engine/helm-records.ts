/** A resource in a state of the engine. */
export interface StateResource {
  urn: string;
  type: string;
  inputs?: {
    /** The name of a release. */
    name?: unknown;
    namespace?: unknown;
    /** Metadata of any other Kubernetes object. */
    metadata?: { name?: string; namespace?: string };
  };
}

/** The output of `pulumi stack export`. */
export interface StackState {
  deployment?: {
    /** `time` is when the engine saved the state last. */
    manifest?: { time?: string };
    resources?: StateResource[];
    pending_operations?: { type: string; resource: StateResource }[];
  };
}

/** A Secret in which Helm keeps one revision of a release. */
export interface HelmRecord {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    creationTimestamp?: string;
    labels?: Record<string, string>;
    managedFields?: { manager?: string }[];
  };
}

/** Finds the namespaces in which a stack has releases. */
export function releaseNamespaces({ deployment = {} }: StackState): string[] {
  const pending = (deployment.pending_operations ?? []).map(({ resource }) => resource);
  const releases = [...(deployment.resources ?? []), ...pending].flatMap((one) => keyOf(one) ?? []);
  return [...new Set(releases.map((key) => key.slice(0, key.indexOf("/"))))];
}

/**
 * Finds the records of installations and upgrades that a killed run of the engine has left unfinished. A release that
 * the state does not name belongs to others, and so does an operation that began after the run: if it is newer than the
 * run's lock, everything must show that it is the run's own.
 */
export function abandonedRecords(
  records: readonly HelmRecord[],
  { deployment = {} }: StackState,
  lockedAt: string | undefined,
): HelmRecord[] {
  const { resources = [], pending_operations = [], manifest = {} } = deployment;
  const pending = new Set(pending_operations.flatMap(({ resource }) => keyOf(resource) ?? []));
  const named = new Set([...resources.flatMap((one) => keyOf(one) ?? []), ...pending]);
  return records.filter((record) => {
    const { namespace, labels = {} } = record.metadata;
    const release = `${namespace}/${labels["name"] ?? ""}`;
    if (!named.has(release)) return false;
    const began = beganAt(record);
    if (began <= Date.parse(lockedAt ?? "")) return true;
    return (
      pending.has(release) &&
      isMadeByEngine(record) &&
      began <= Date.parse(manifest.time ?? "") + START_MS
    );
  });
}

const RELEASE = "kubernetes:helm.sh/v3:Release";

/** The engine saves its state at most this long before Helm records the operation that follows. */
const START_MS = 120_000;

function keyOf({ type, inputs = {} }: StateResource): string | undefined {
  const { name, namespace } = inputs;
  if (type !== RELEASE || typeof name !== "string") return undefined;
  return `${typeof namespace === "string" && namespace !== "" ? namespace : "default"}/${name}`;
}

function beganAt({ metadata }: HelmRecord): number {
  const seconds = Number(metadata.labels?.["modifiedAt"] ?? NaN);
  const created = Date.parse(metadata.creationTimestamp ?? "");
  const known = [seconds * 1000, created].filter((time) => !Number.isNaN(time));
  // An operation with an unknown time may have begun just now.
  return known.length === 0 ? Infinity : Math.max(...known);
}

/** Helm records the name of the program that contains it. */
function isMadeByEngine({ metadata }: HelmRecord): boolean {
  const managers = (metadata.managedFields ?? []).map(({ manager = "" }) => manager);
  return managers.length > 0 && managers.every((manager) => manager.startsWith("pulumi"));
}
