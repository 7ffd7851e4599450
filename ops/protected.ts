import { backupRequest } from "./backup/request.ts";
import type { Commands } from "./engine/typed-commands.ts";

/** A resource in a state of the engine. */
interface StateResource {
  urn: string;
  type: string;
  protect?: boolean;
  inputs?: {
    metadata?: { name?: string; namespace?: string };
    spec?: {
      plugins?: { isWALArchiver?: boolean }[];
      bootstrap?: Partial<Record<"initdb" | "recovery", { database?: string }>>;
    };
  };
}

/** The output of `pulumi stack export`. */
export interface ExportedState {
  deployment?: { resources?: StateResource[] };
}

/** A protected component of a stack. */
export interface ProtectedComponent {
  /** Its argument in the stack's file. Undefined if another program declares it. */
  argument?: string;
  /** What is lost if it is deleted. */
  what: string;
  /** Its Cluster, if it is a database. */
  cluster?: ProtectedCluster;
}

interface ProtectedCluster {
  name: string;
  namespace: string;
  database: string;
  /** Whether there is an archive that a last backup can go to. */
  archives: boolean;
}

/** The protected content of each component, and its argument in a stack's file. */
const COMPONENTS: Readonly<Record<string, { what: string; argument: (name: string) => string }>> = {
  PostgresCluster: { what: "a database", argument: (name) => `clusters.${name}` },
  RecoveryCluster: { what: "a database", argument: (name) => `recoveries.${name}` },
  ReplicaCluster: { what: "a database", argument: (name) => `replicas.${name}` },
  ImportedCluster: { what: "a database", argument: (name) => `imports.${name}` },
  BackupBucket: { what: "the bucket with all backups", argument: () => "backups.awsS3" },
  CertificateAuthority: {
    what: "the key of the certificate authority",
    argument: () => "certificates.authority",
  },
  SealedSecretsController: {
    what: "the key that opens all sealed secrets",
    argument: () => "platform.sealedSecrets",
  },
};

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const NAMESPACE = "kubernetes:core/v1:Namespace";

/** Everything in a state that the engine refuses to delete. */
export function protectedComponents({ deployment }: ExportedState): ProtectedComponent[] {
  const found = new Map<string, ProtectedComponent>();
  for (const resource of deployment?.resources ?? []) {
    // The namespace is protected as long as a database in it is, and has no argument.
    if (resource.protect !== true || resource.type === NAMESPACE) continue;
    const { key, ...component } = componentOf(resource);
    const known: ProtectedComponent = found.get(key) ?? component;
    if (resource.type === CLUSTER) known.cluster = clusterOf(resource);
    found.set(key, known);
  }
  return [...found.values()];
}

/**
 * Finds the component of a resource. A URN has the types of all parents but only the resource's own name, which starts
 * with the name of its component.
 */
function componentOf({ urn }: StateResource): ProtectedComponent & { key: string } {
  const [, , types = "", name = ""] = urn.split("::");
  const parents = types.split("$").slice(0, -1);
  const kind = parents.findLast((type) => type.replace("ha-postgres:index:", "") in COMPONENTS);
  const component = COMPONENTS[kind?.replace("ha-postgres:index:", "") ?? ""];
  if (!component) return { key: urn, what: name };
  const argument = component.argument(name.replace(SUFFIX, ""));
  return { key: argument, what: component.what, argument };
}

/** Suffixes of the names of protected resources of databases. */
const SUFFIX = /-(cluster|owner|owner-password)$/;

function clusterOf({ inputs = {} }: StateResource): ProtectedCluster {
  const { metadata = {}, spec = {} } = inputs;
  const { initdb, recovery } = spec.bootstrap ?? {};
  return {
    name: metadata.name ?? "",
    namespace: metadata.namespace ?? "",
    database: initdb?.database ?? recovery?.database ?? "",
    archives: (spec.plugins ?? []).some(({ isWALArchiver }) => isWALArchiver === true),
  };
}

/** The message that refuses to destroy a stack, with the commands to do so nevertheless. */
export function protectionNotice(
  components: readonly ProtectedComponent[],
  { stack, npm, kubectl }: Commands,
): string {
  const clusters = components.flatMap(({ cluster }) => (cluster ? [cluster] : []));
  const declared = components.flatMap(({ argument }) => (argument === undefined ? [] : [argument]));
  const steps = [
    ...clusters.map((cluster) => lastCopy(cluster, kubectl)),
    `set deletionProtection: false in Pulumi.${stack}.yaml for what is to be deleted: ${declared.join(", ")}`,
    npm("up"),
    npm("down"),
  ];
  return [
    `nothing was destroyed, since the stack ${stack} protects:`,
    ...components.map(
      ({ what, argument }) => `  ${what}, ${argument ?? "declared by another program"}`,
    ),
    "A database is deleted with its volumes, and data outside of an archive are lost. To destroy it nevertheless:",
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    "To destroy the rest and keep what is protected, such as a bucket with the last backup:",
    `  ${npm("pulumi")} destroy --yes --exclude-protected`,
  ].join("\n");
}

/** The commands for a backup into the archive, or for a dump if there is none. */
function lastCopy({ name, namespace, database, archives }: ProtectedCluster, kubectl: string) {
  const inNamespace = `${kubectl} --namespace=${namespace}`;
  if (!archives) {
    return (
      `${name} is not backed up. Dump it:\n` +
      `     ${inNamespace} exec service/${name}-rw --container=postgres -- pg_dump --format=custom ${database} > ${name}.dump`
    );
  }
  const backup = backupRequest(`${name}-last`, name);
  return (
    `take a last backup of ${name}, which remains in its store:\n` +
    `     echo '${JSON.stringify(backup)}' | ${inNamespace} create --filename=-\n` +
    `     ${inNamespace} wait backup.postgresql.cnpg.io/${name}-last --for=jsonpath='{.status.phase}'=completed --timeout=2h`
  );
}
