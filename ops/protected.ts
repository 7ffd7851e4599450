import { backupRequest } from "./backup/request.ts";
import type { Commands } from "./engine/typed-commands.ts";

/** A resource as it stands in a state. */
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

/** What `pulumi stack export` tells. */
export interface ExportedState {
  deployment?: { resources?: StateResource[] };
}

/** What a stack protects from being deleted, by what declares it. */
export interface ProtectedComponent {
  /** Its argument in the stack's file; none for what is not of this project's program. */
  argument?: string;
  /** What is lost with it. */
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

/** What each component protects, and where a stack's file says so. */
const COMPONENTS: Readonly<Record<string, { what: string; argument: (name: string) => string }>> = {
  PostgresCluster: { what: "a database", argument: (name) => `clusters.${name}` },
  RecoveryCluster: { what: "a database", argument: (name) => `recoveries.${name}` },
  ReplicaCluster: { what: "a database", argument: (name) => `replicas.${name}` },
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
    // The namespace is protected for as long as a database in it is, and has no argument of its own.
    if (resource.protect !== true || resource.type === NAMESPACE) continue;
    const { key, ...component } = componentOf(resource);
    const known: ProtectedComponent = found.get(key) ?? component;
    if (resource.type === CLUSTER) known.cluster = clusterOf(resource);
    found.set(key, known);
  }
  return [...found.values()];
}

/**
 * The component that a resource belongs to. A URN has the types of all parents, and the name of the resource alone: it begins
 * with that of its component.
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

/** What the components of databases append to their names for what they protect. */
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

/** Why a stack is not destroyed, and the commands by which it can be. */
export function protectionNotice(
  components: readonly ProtectedComponent[],
  { stack, npm, kubectl }: Commands,
): string {
  const clusters = components.flatMap(({ cluster }) => (cluster ? [cluster] : []));
  const declared = components.flatMap(({ argument }) => (argument === undefined ? [] : [argument]));
  const steps = [
    ...clusters.map((cluster) => lastCopy(cluster, kubectl)),
    `set deletionProtection: false in Pulumi.${stack}.yaml of what is to go: ${declared.join(", ")}`,
    npm("up"),
    npm("down"),
  ];
  return [
    `the stack ${stack} protects this, and nothing was destroyed:`,
    ...components.map(({ what, argument }) => `  ${what}, ${argument ?? "by another program"}`),
    "A database goes with its volumes, and what is in no archive is lost. To destroy it nevertheless:",
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    "To destroy the rest and keep what is protected, such as a bucket with the last backup:",
    `  ${npm("pulumi")} destroy --yes --exclude-protected`,
  ].join("\n");
}

/** A backup into the archive, or a dump where there is none. */
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
    `take a last backup of ${name}, which stays in its store:\n` +
    `     echo '${JSON.stringify(backup)}' | ${inNamespace} create --filename=-\n` +
    `     ${inNamespace} wait backup.postgresql.cnpg.io/${name}-last --for=jsonpath='{.status.phase}'=completed --timeout=2h`
  );
}
