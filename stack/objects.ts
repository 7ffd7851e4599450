import { databaseObjectName } from "../components/postgres/cluster/rules/database/databases-distinct";
import { objectsOfCluster, type ObjectNames } from "../components/upstream/cloudnative-pg-objects";
import { propertyPath } from "../components/contract/schema";
import type { Violation } from "../components/contract/violation";
import { certificateSecretNames } from "../components/security/cluster-certificates/names";
import { BACKUPS } from "./backups";
import { AUTHORITY, certifiedOf } from "./certificates";
import { poolersOf } from "./poolers";
import { clusterName, databasesOf, type Declared } from "./declared";
import type { StackConfig } from "./schema";

/** An object of the stack's namespace, and the argument that its name comes from. */
interface NamedObject {
  kind: string;
  name: string;
  path: string;
  value: string;
  /** The database or store that it belongs to, by its name: two of one name are told as such. */
  owner: string;
}

/**
 * Objects of one kind and name that come from different declarations, and would be one that both write. Poolers are held to
 * the names of all databases where theirs are compared.
 */
export function sharedObjects(stack: StackConfig): Violation[] {
  const objects = [
    ...databasesOf(stack).flatMap((declared) => objectsOfDatabase(stack, declared)),
    ...secretsOfStack(stack),
  ];
  const told = new Set<string>();
  return objects.flatMap(({ kind, name, path, value, owner }, index) => {
    const first = objects
      .slice(0, index)
      .find((other) => other.kind === kind && other.name === name && other.owner !== owner);
    if (!first || told.has(path)) return [];
    told.add(path);
    return [
      {
        path,
        value,
        reason: `its ${kind} would be called ${name}, and so would one of ${first.path}, in the same namespace`,
        remedy: "Use another name for one of the two",
      },
    ];
  });
}

function objectsOfDatabase(stack: StackConfig, declared: Declared): NamedObject[] {
  const name = clusterName(declared);
  const where = propertyPath([declared.kind, declared.key]);
  const { databases = [] } = declared.config;
  const own = (names: ObjectNames) => named(names, `${where}.clusterName`, name, name);
  return [
    ...own(objectsOfCluster(name)),
    ...own({
      ConfigMap: [`${name}-schema`],
      ObjectStore: [`${name}-backup`, `${name}-source`],
      Secret: [`${name}-backup-region`, `${name}-source-region`],
    }),
    ...namesOf(databases).flatMap((database, index) =>
      database === undefined
        ? []
        : named(
            { Database: [`${name}-${databaseObjectName(database)}`] },
            `${where}.databases[${index}].name`,
            database,
            name,
          ),
    ),
    ...certificateSecrets(stack, declared),
  ];
}

/** Undefined for a malformed one, which is told as such. */
function namesOf(databases: ({ name?: string } | undefined)[]): (string | undefined)[] {
  return databases.map((database) => database?.name);
}

/** The Secrets that the stack's authority issues for a database. */
function certificateSecrets(stack: StackConfig, declared: Declared): NamedObject[] {
  if (!certifiedOf(stack).some(({ key }) => key === declared.key)) return [];
  const name = clusterName(declared);
  const where = propertyPath([declared.kind, declared.key]);
  const { certificateUsers = [] } = declared.config;
  const { serverTls, serverCa, clientCa, replicationTls, poolerTls, userTls } =
    certificateSecretNames(name);
  const ofCluster = { Secret: [serverTls, serverCa, clientCa, replicationTls] };
  return [
    ...named(ofCluster, `${where}.clusterName`, name, name),
    ...certificateUsers.flatMap((user: string | undefined, index) =>
      user === undefined
        ? []
        : named({ Secret: [userTls(user)] }, `${where}.certificateUsers[${index}]`, user, name),
    ),
    ...poolersOf(stack, declared.key).flatMap(([key, { poolerName = key }]) => {
      const path = `${propertyPath(["poolers", key])}.poolerName`;
      return named({ Secret: [poolerTls(poolerName)] }, path, poolerName, name);
    }),
  ];
}

/** The Secrets with access keys, and with what clients trust. */
function secretsOfStack({ backups, certificates, namespace }: StackConfig): NamedObject[] {
  const { awsS3, s3Compatible } = backups ?? {};
  const { authority } = certificates ?? {};
  const secrets = [
    ...(awsS3?.user ? [["backups.awsS3.user", awsS3.user.secretName ?? BACKUPS] as const] : []),
    ...(s3Compatible && (s3Compatible.credentials ?? s3Compatible.caCertificate)
      ? [["backups.s3Compatible", s3Compatible.secretName ?? BACKUPS] as const]
      : []),
    ...(authority?.namespaces?.includes(namespace)
      ? [["certificates.authority", authority.secretName ?? AUTHORITY] as const]
      : []),
  ];
  return secrets.flatMap(([where, name]) =>
    named({ Secret: [name] }, `${where}.secretName`, name, where),
  );
}

function named(names: ObjectNames, path: string, value: string, owner: string): NamedObject[] {
  return Object.entries(names).flatMap(([kind, ofKind]) =>
    ofKind.map((name) => ({ kind, name, path, value, owner })),
  );
}
