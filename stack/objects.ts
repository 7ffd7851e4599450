import {
  archiveCheckName,
  archiveLookName,
  ownerVerifierName,
  schemaObjectName,
  serverCheckName,
  sqlCheckName,
} from "../components/postgres/cluster/names";
import { secretsOfRole } from "../components/postgres/cluster/rules/roles/objects";
import { databaseObjectName } from "../components/postgres/cluster/rules/database/databases-distinct";
import { roleObjectName } from "../components/formats/role-objects";
import { objectsOfCluster, type ObjectNames } from "../components/upstream/cloudnative-pg-objects";
import { poolerSecretName } from "../components/postgres/pooler/metadata";
import { propertyPath } from "../components/contract/schema";
import type { Violation } from "../components/contract/violation";
import { certificateSecretNames } from "../components/security/cluster-certificates/names";
import { BACKUPS } from "./backups/backups";
import { AUTHORITY, certifiedOf } from "./certificates/certificates";
import { ACCESS, accessObjects } from "./access/access";
import { aliasNamespace, objectsOfAlias } from "./aliases/aliases";
import { clusterName, databasesOf, namespaceOf, type Declared } from "./declared";
import { dumpObjects } from "./logical-backups/dumped";
import { poolerNamesOf, poolersOf } from "./poolers/poolers";
import type { StackConfig } from "./schema";
import { secretNamespaces } from "./secrets/declared";
import { UNKNOWN } from "./unknown";
import { WATCH } from "./watch";

/** An object of a namespace of the stack, and the argument that its name comes from. */
export interface NamedObject {
  kind: string;
  name: string;
  namespace: string;
  path: string;
  value: string;
  /** The name of its database or store: equal names of these are reported elsewhere. */
  owner: string;
}

/**
 * Finds objects of one kind and name from different declarations, which would both write the same object. Names of poolers
 * are compared with those of all databases elsewhere.
 */
export function sharedObjects(stack: StackConfig): Violation[] {
  const objects = objectsOfStack(stack);
  const told = new Set<string>();
  return objects.flatMap(({ kind, name, namespace, path, value, owner }, index) => {
    const first = objects
      .slice(0, index)
      .find(
        (other) =>
          other.kind === kind &&
          other.name === name &&
          other.namespace === namespace &&
          other.owner !== owner,
      );
    if (!first || told.has(path)) return [];
    told.add(path);
    return [
      {
        path,
        value,
        reason: `needs a ${kind} named ${name}, and so does ${first.path} in the same namespace`,
        remedy: "Use another name for one of the two",
      },
    ];
  });
}

/** Returns the objects of a stack by name: those that the program makes, and those that operators make of them. */
function objectsOfStack(stack: StackConfig): NamedObject[] {
  return [
    ...madeObjects(stack),
    ...Object.entries(stack.secrets).flatMap(([name, declared]) =>
      secretNamespaces(stack, declared).flatMap((namespace) =>
        named(
          { Secret: [name] },
          propertyPath(["secrets", name]),
          name,
          `secrets ${name}`,
          namespace,
        ),
      ),
    ),
  ];
}

/** Returns all of these but the declared Secrets. */
export function madeObjects(stack: StackConfig): NamedObject[] {
  return [
    ...databasesOf(stack).flatMap((declared) =>
      objectsOfDatabase(stack, declared).map((object) => ({
        ...object,
        namespace: namespaceOf(stack, declared),
      })),
    ),
    ...Object.entries(stack.aliases).flatMap(([key, alias]) =>
      named(
        objectsOfAlias(key, alias),
        `${propertyPath(["aliases", key])}.aliasName`,
        alias.aliasName ?? key,
        // Of its own: a database of the same name has the same Services.
        `aliases ${key}`,
        aliasNamespace(stack, alias),
      ),
    ),
    ...secretsOfStack(stack),
    ...dumpObjects(stack).flatMap(({ names, path, name, namespace }) =>
      named(names, `${path}.backupName`, name, path, namespace),
    ),
    ...Object.keys(stack.namespaces).flatMap((namespace) => [
      ...(stack.watch
        ? named({ Role: [WATCH], RoleBinding: [WATCH] }, "watch", WATCH, "watch", namespace)
        : []),
      ...named(accessObjects(stack), "access", ACCESS, "access", namespace),
    ]),
  ];
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
      Job: [sqlCheckName(name), serverCheckName(name), archiveCheckName(name)],
      Pod: [archiveLookName(name)],
      ObjectStore: [`${name}-backup`, `${name}-source`],
      Secret: [
        ownerVerifierName(name),
        schemaObjectName(name),
        `${name}-backup-region`,
        `${name}-source-region`,
      ],
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
    ...objectsOfRoles(stack, declared),
    ...poolersOf(stack, declared.key).flatMap(([key, { poolerName = key }]) => {
      const path = `${propertyPath(["poolers", key])}.poolerName`;
      // Of a cluster with the pooler's name it is told that the names are equal.
      const names = { Secret: [poolerSecretName(poolerName)], ServiceAccount: [poolerName] };
      return named(names, path, poolerName, poolerName);
    }),
    ...certificateSecrets(stack, declared),
  ];
}

/** Returns the roles and the Secrets of their logins; within one database its component compares them. */
function objectsOfRoles(stack: StackConfig, declared: Declared): NamedObject[] {
  const name = clusterName(declared);
  const { roles = [], certificateUsers = [], certificates = {} } = declared.config;
  const isCertified = certifiedOf(stack).some(({ key }) => key === declared.key);
  const cluster = {
    clusterName: name,
    poolers: poolerNamesOf(stack, declared.key),
    certificateUsers,
    // The stack's authority issues theirs, under other names.
    certificates: isCertified ? { clientCaSecret: UNKNOWN } : certificates || {},
  };
  const where = propertyPath([declared.kind, declared.key]);
  return roles.flatMap((role: (typeof roles)[number] | undefined, index) =>
    role?.name === undefined
      ? []
      : named(
          {
            DatabaseRole: [roleObjectName(name, role.name)],
            Secret: secretsOfRole(cluster, role),
          },
          `${where}.roles[${index}].name`,
          role.name,
          name,
        ),
  );
}

/** Returns undefined for a malformed one, which is reported elsewhere. */
function namesOf(databases: ({ name?: string } | undefined)[]): (string | undefined)[] {
  return databases.map((database) => database?.name);
}

/** Returns the Secrets that the stack's authority issues for a database. */
function certificateSecrets(stack: StackConfig, declared: Declared): NamedObject[] {
  if (!certifiedOf(stack).some(({ key }) => key === declared.key)) return [];
  const name = clusterName(declared);
  const where = propertyPath([declared.kind, declared.key]);
  const { certificateUsers = [] } = declared.config;
  const { serverTls, serverCa, clientCa, replicationTls, poolerTls, userTls } =
    certificateSecretNames(name);
  const ofCluster = { Secret: [serverTls, serverCa, clientCa, replicationTls] };
  // Not the database's own, which its component compares: that knows nothing of the stack's authority.
  const owner = `certificates of ${name}`;
  return [
    ...named(ofCluster, `${where}.clusterName`, name, owner),
    ...certificateUsers.flatMap((user: string | undefined, index) =>
      user === undefined
        ? []
        : named({ Secret: [userTls(user)] }, `${where}.certificateUsers[${index}]`, user, owner),
    ),
    ...poolersOf(stack, declared.key).flatMap(([key, { poolerName = key }]) => {
      const path = `${propertyPath(["poolers", key])}.poolerName`;
      return named({ Secret: [poolerTls(poolerName)] }, path, poolerName, owner);
    }),
  ];
}

/** Returns the Secrets with access keys, and with the certificates that clients trust. */
function secretsOfStack(stack: StackConfig): NamedObject[] {
  const { awsS3, s3Compatible } = stack.backups ?? {};
  const { authority } = stack.certificates ?? {};
  return Object.keys(stack.namespaces).flatMap((namespace) => {
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
      named({ Secret: [name] }, `${where}.secretName`, name, where, namespace),
    );
  });
}

function named(
  names: ObjectNames,
  path: string,
  value: string,
  owner: string,
  namespace = "",
): NamedObject[] {
  return Object.entries(names).flatMap(([kind, ofKind]) =>
    ofKind.map((name) => ({ kind, name, namespace, path, value, owner })),
  );
}
