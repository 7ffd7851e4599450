import type { PolicyPackConfig } from "@pulumi/policy";
import type { AnyRule, Level } from "./rule";

/**
 * Named sets of levels. `prod` has the levels of the rules themselves, and the others differ from it. Each is a file in
 * `profiles/`, for `pulumi up --policy-pack policy --policy-pack-config policy/profiles/<name>.json`.
 */
export const PROFILES = ["prod", "dev", "audit"] as const;
export type Profile = (typeof PROFILES)[number];

/** Rules that do not apply in development, where no cluster has to survive a zone, be recovered or raise alerts. */
const OFF_IN_DEV: ReadonlySet<string> = new Set([
  "zone-spread",
  "bounded-delays",
  "operator-replicas",
  "replicated-pool",
  "cluster-storage-class",
  "storage-class-retain",
  "storage-class-binding",
  "wal-archiver",
  "cluster-scheduled",
  "bucket-kept",
  "bucket-encrypted",
  "cluster-monitored",
  "cluster-alerts",
  "protected-data",
  "postgres-end-of-life",
  "holders-protected",
]);

/** Rules that warn in development, and stop a deployment in production. */
const ADVISED_IN_DEV: ReadonlySet<string> = new Set([
  "cluster-instances",
  "cluster-synchronous",
  "anti-affinity",
  "pooler-instances",
  "pooler-spread",
  "pooler-disruption-budget",
  "cluster-image",
  "catalog-images",
  "wal-volume",
  "object-store-retention",
  "bucket-versioned",
  "chaos-allowed",
  // CloudNativePG's samples on a laptop: burstable pods, a store over http, md5 passwords, a superuser, plain logins.
  "cluster-resources",
  "cluster-guaranteed",
  "pooler-resources",
  "cluster-disruption-budget",
  "object-store-https",
  "object-store-sidecar",
  "in-tree-backup",
  "scheduled-backup-method",
  "scheduled-backup-often",
  "wal-bounded",
  "cluster-awaited",
  "cluster-network-policy",
  "legacy-sync-replicas",
  "synchronous-durability",
  "superuser-access",
  "hba-encrypted",
  "weak-passwords",
  "pooler-service",
  "pooler-image",
  "database-rendered",
  "external-cluster-encrypted",
  "pooler-encrypted",
  "pooler-network-policy",
]);

export function levelIn(profile: Profile, { name, level }: AnyRule): Level {
  if (level === "disabled" || profile === "prod") return level;
  if (profile === "audit") return "advisory";
  if (OFF_IN_DEV.has(name)) return "disabled";
  return ADVISED_IN_DEV.has(name) ? "advisory" : level;
}

/** A profile as a configuration for the engine: the level of each rule by its name. */
export function profileConfig(profile: Profile, rules: readonly AnyRule[]): PolicyPackConfig {
  return Object.fromEntries(rules.map((rule) => [rule.name, levelIn(profile, rule)]));
}

/** Names in the profiles that no rule has; a test asserts that there are none. */
export function unknownNames(rules: readonly AnyRule[]): string[] {
  const names = new Set(rules.map(({ name }) => name));
  return [...OFF_IN_DEV, ...ADVISED_IN_DEV].filter((name) => !names.has(name));
}
