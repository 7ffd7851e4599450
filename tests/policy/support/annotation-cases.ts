import type { Case } from "./rules";

const PATCH = '[{"op":"remove","path":"/spec/tolerations"}]';

/** Annotations on an object of the good stack, by its key there, with the reason why each is not allowed. */
const HARMFUL: readonly (readonly [string, string, string, string])[] = [
  [
    "main",
    "cnpg.io/podPatch",
    PATCH,
    "changes the pods after all other settings, and no rule can check the result",
  ],
  [
    "main",
    "cnpg.io/reconciliationLoop",
    "disabled",
    "the operator ignores the object, and no failover happens",
  ],
  [
    "main",
    "cnpg.io/reconcilePodSpec",
    "disabled",
    "the pods stay as they are, and later declarations have no effect",
  ],
  [
    "pooler",
    "cnpg.io/reconcilePodSpec",
    "disabled",
    "the pods stay as they are, and later declarations have no effect",
  ],
  [
    "main",
    "cnpg.io/skipWalArchiving",
    "enabled",
    "no WAL is archived, so there is no point-in-time recovery",
  ],
  [
    "main",
    "cnpg.io/skipEmptyWalArchiveCheck",
    "enabled",
    "the archive of another database may be overwritten, and then neither can be recovered",
  ],
  [
    "main",
    "cnpg.io/fencedInstances",
    '["*"]',
    "PostgreSQL is stopped in these instances and does not restart",
  ],
  [
    "main",
    "cnpg.io/fencedInstances",
    '["main-1"]',
    "PostgreSQL is stopped in these instances and does not restart",
  ],
  [
    "main",
    "cnpg.io/forceLegacyBackup",
    "true",
    "is only for tests of the operator, and backups lose their names",
  ],
  [
    "main",
    "alpha.cnpg.io/failoverQuorum",
    "false",
    "is an experimental feature of the operator, and overrides the spec",
  ],
  [
    "main",
    "alpha.cnpg.io/livenessPinger",
    '{"enabled":false}',
    "is an experimental feature of the operator, and overrides the spec",
  ],
  [
    "main",
    "alpha.cnpg.io/enableInstancePprof",
    "true",
    "is an experimental feature of the operator, and overrides the spec",
  ],
  [
    "main",
    "container.apparmor.security.beta.kubernetes.io/postgres",
    "unconfined",
    "the container is no longer confined by its host",
  ],
  [
    "main",
    "pulumi.com/skipAwait",
    "true",
    "the deployment succeeds before any instance runs, and even if none ever does",
  ],
  [
    "pooler",
    "cnpg.io/validation",
    "disabled",
    "the operator accepts declarations that it knows to be destructive",
  ],
  [
    "database",
    "cnpg.io/validation",
    "disabled",
    "the operator accepts declarations that it knows to be destructive",
  ],
];

/** Annotations without an effect. */
const HARMLESS: readonly (readonly [string, string])[] = [
  ["cnpg.io/podPatch", ""],
  ["cnpg.io/reconciliationLoop", "enabled"],
  ["cnpg.io/skipWalArchiving", "disabled"],
  ["cnpg.io/fencedInstances", " [ ] "],
  ["cnpg.io/hibernation", "off"],
  ["cnpg.io/reloadedAt", "2026-11-25T00:00:00Z"],
  ["cnpg.io/coredumpFilter", "0x31"],
  ["container.apparmor.security.beta.kubernetes.io/postgres", "runtime/default"],
  ["kubectl.kubernetes.io/restartedAt", "2026-11-25T00:00:00Z"],
];

const escaped = (name: string) => name.replaceAll(".", "\\.");
const rule = "harmless-annotations";
const ITS_OWN =
  "is reserved for the operator, which finds and manages pods and volumes by such names";

export const annotationCases: readonly Case[] = [
  ...HARMFUL.map(([of, name, value, reason]) => ({
    rule,
    of,
    value,
    path: `metadata.annotations.${escaped(name)}`,
    says: [`metadata.annotations["${name}"] = ${JSON.stringify(value)}: ${reason}. Remove it.`],
  })),
  ...HARMLESS.map(([name, value]) => ({
    rule,
    of: "main",
    value,
    path: `metadata.annotations.${escaped(name)}`,
    says: [],
  })),
  ...["annotations", "labels"].map((kind) => ({
    rule,
    of: "main",
    path: "spec.inheritedMetadata",
    value: {
      [kind]: { "cnpg.io/nodeSerial": "1", "alpha.cnpg.io/unrecoverable": "true", team: "a" },
    },
    says: ["cnpg.io/nodeSerial", "alpha.cnpg.io/unrecoverable"].map(
      (name, index) =>
        `spec.inheritedMetadata.${kind}["${name}"] = ${['"1"', '"true"'][index] ?? ""}: ${ITS_OWN}. Remove it.`,
    ),
  })),
  {
    rule,
    of: "main",
    path: "spec.inheritedMetadata",
    value: {
      annotations: { "container.apparmor.security.beta.kubernetes.io/postgres": "unconfined" },
    },
    says: [
      'spec.inheritedMetadata.annotations["container.apparmor.security.beta.kubernetes.io/postgres"] = "unconfined": the container is no longer confined by its host. Remove it.',
    ],
  },
];
