/** The effect of an annotation on its object. */
interface Effect {
  /** The values that have this effect; by default any that is not empty. */
  when?: (value: string) => boolean;
  reason: string;
}

const is = (wanted: string) => (value: string) => value === wanted;

/**
 * Annotations that override what the object declares, or stop what the operator does for it.
 *
 * @see https://cloudnative-pg.io/docs/1.30/labels_annotations#predefined-annotations
 */
const EFFECTS: Readonly<Record<string, Effect>> = {
  "cnpg.io/podPatch": {
    reason: "changes the pods after all other settings, and no rule can check the result",
  },
  "cnpg.io/reconciliationLoop": {
    when: is("disabled"),
    reason: "the operator ignores the object, and no failover happens",
  },
  "cnpg.io/reconcilePodSpec": {
    when: is("disabled"),
    reason: "the pods stay as they are, and later declarations have no effect",
  },
  "cnpg.io/skipWalArchiving": {
    when: is("enabled"),
    reason: "no WAL is archived, so there is no point-in-time recovery",
  },
  "cnpg.io/skipEmptyWalArchiveCheck": {
    when: is("enabled"),
    reason: "the archive of another database may be overwritten, and then neither can be recovered",
  },
  "cnpg.io/fencedInstances": {
    when: (value) => value.replace(/\s/g, "") !== "[]",
    reason: "PostgreSQL is stopped in these instances and does not restart",
  },
  "cnpg.io/validation": {
    when: is("disabled"),
    reason: "the operator accepts declarations that it knows to be destructive",
  },
  "cnpg.io/hibernation": { when: is("on"), reason: "no instance runs, and no client can connect" },
  "cnpg.io/forceLegacyBackup": {
    when: is("true"),
    reason: "is only for tests of the operator, and backups lose their names",
  },
  "pulumi.com/skipAwait": {
    when: is("true"),
    reason: "the deployment succeeds before any instance runs, and even if none ever does",
  },
};

/** The reason why an annotation is not allowed on an object of CloudNativePG; undefined if it is allowed. */
export function harmOf(annotation: string, value: string): string | undefined {
  if (annotation.startsWith("alpha.cnpg.io/")) {
    return "is an experimental feature of the operator, and overrides the spec";
  }
  if (annotation.startsWith("container.apparmor.security.beta.kubernetes.io/")) {
    return value === "unconfined" ? "the container is no longer confined by its host" : undefined;
  }
  const effect = EFFECTS[annotation];
  if (!effect || value === "") return undefined;
  return (effect.when ?? (() => true))(value) ? effect.reason : undefined;
}

/** Whether the operator itself sets an annotation or a label of this name on the pods and volumes of a Cluster. */
export function isOperators(name: string): boolean {
  return /^(alpha\.)?cnpg\.io\//.test(name);
}
