/** What an annotation does to an object that it stands on. */
interface Effect {
  /** The values that have it; any that is not empty where nothing is said. */
  when?: (value: string) => boolean;
  reason: string;
}

const is = (wanted: string) => (value: string) => value === wanted;

/**
 * Annotations that take back what the object declares, or what its operator does for it.
 *
 * @see https://cloudnative-pg.io/docs/1.30/labels_annotations#predefined-annotations
 */
const EFFECTS: Readonly<Record<string, Effect>> = {
  "cnpg.io/podPatch": {
    reason: "it rewrites the pods after all else, and nobody judges what they become",
  },
  "cnpg.io/reconciliationLoop": {
    when: is("disabled"),
    reason: "the operator leaves the object alone, and nobody fails over",
  },
  "cnpg.io/reconcilePodSpec": {
    when: is("disabled"),
    reason: "the pods stay as they were, whatever is declared from now on",
  },
  "cnpg.io/skipWalArchiving": {
    when: is("enabled"),
    reason: "no WAL is archived, and there is no recovery to a point in time",
  },
  "cnpg.io/skipEmptyWalArchiveCheck": {
    when: is("enabled"),
    reason:
      "the archive of another database may be written over, and then neither can be recovered",
  },
  "cnpg.io/fencedInstances": {
    when: (value) => value.replace(/\s/g, "") !== "[]",
    reason: "PostgreSQL is stopped in these instances, and stays so",
  },
  "cnpg.io/validation": {
    when: is("disabled"),
    reason: "the operator takes declarations that it knows to be destructive",
  },
  "cnpg.io/hibernation": { when: is("on"), reason: "no instance runs, and nobody can connect" },
  "cnpg.io/forceLegacyBackup": {
    when: is("true"),
    reason: "it is for tests of the operator, and backups lose their names",
  },
  "pulumi.com/skipAwait": {
    when: is("true"),
    reason: "the deployment succeeds before any instance runs, and even if none ever does",
  },
};

/** Why an annotation may not stand on an object of CloudNativePG's; undefined when it may. */
export function harmOf(annotation: string, value: string): string | undefined {
  if (annotation.startsWith("alpha.cnpg.io/")) {
    return "it is an experiment of the operator's, and overrides what the spec says";
  }
  if (annotation.startsWith("container.apparmor.security.beta.kubernetes.io/")) {
    return value === "unconfined" ? "the container is no longer confined by its host" : undefined;
  }
  const effect = EFFECTS[annotation];
  if (!effect || value === "") return undefined;
  return (effect.when ?? (() => true))(value) ? effect.reason : undefined;
}

/** Whether the operator keeps an annotation or a label of this name itself, on the pods and volumes of a Cluster. */
export function isOperators(name: string): boolean {
  return /^(alpha\.)?cnpg\.io\//.test(name);
}
