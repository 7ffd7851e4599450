import {
  ownerVerifierName,
  schemaObjectName,
  sqlCheckName,
} from "../components/postgres/cluster/names";
import { databaseObjectName } from "../components/postgres/cluster/rules/database/databases-distinct";
import { objectsOfCluster, type ObjectNames } from "../components/upstream/cloudnative-pg-objects";
import { poolerSecretName } from "../components/postgres/pooler/metadata";
import { propertyPath } from "../components/contract/schema";
import type { Violation } from "../components/contract/violation";
import { certificateSecretNames } from "../components/security/cluster-certificates/names";
import { BACKUPS } from "./backups";
import { AUTHORITY, certifiedOf } from "./certificates";
import { poolersOf } from "./poolers";
import { clusterName, databasesOf, type Declared } from "./declared";
import type { StackConfig } from "./schema";
import { WATCH } from "./watch";

/** An object of the stack's namespace, and the argument that its name comes from. */
interface NamedObject {
  kind: string;
  name: string;
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
  const objects = [
    ...databasesOf(stack).flatMap((declared) => objectsOfDatabase(stack, declared)),
    ...secretsOfStack(stack),
    ...(stack.watch ? named({ Role: [WATCH], RoleBinding: [WATCH] }, "watch", WATCH, "watch") : []),
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
        reason: `needs a ${kind} named ${name}, and so does ${first.path} in the same namespace`,
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
      Job: [sqlCheckName(name)],
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
    ...poolersOf(stack, declared.key).flatMap(([key, { poolerName = key }]) => {
      const path = `${propertyPath(["poolers", key])}.poolerName`;
      // Of a cluster with the pooler's name it is told that the names are equal.
      return named({ Secret: [poolerSecretName(poolerName)] }, path, poolerName, poolerName);
    }),
    ...certificateSecrets(stack, declared),
  ];
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

/** Returns the Secrets with access keys, and with the certificates that clients trust. */
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
