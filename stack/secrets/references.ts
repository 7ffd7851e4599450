import type {
  BackupStore,
  ClusterCertificatesArgs,
  ImportServerArgs,
  KeyReferenceArgs,
  PoolerCertificatesArgs,
} from "../../components";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../../components/backup/credentials-secret";
import { propertyPath } from "../../components/contract/schema";
import { isElsewhere } from "../databases/databases";
import { databaseOf, databasesOf, namespaceOf, type Declared } from "../declared";
import { ofPods, ofRegistries } from "./of-pods";
import type { Found, SecretReference } from "./reference";
import { partnerOf } from "../pairs/pairs";
import type { ClusterConfig, RecoveryConfig, ReplicaConfig } from "../databases/schema";
import type { StackConfig } from "../schema";
import { watchNamespace } from "../watch";

const LOGIN = ["username", "password"];
const TLS = ["tls.crt", "tls.key"];
const CA = ["ca.crt"];

/** Returns the arguments of a stack that name a Secret of the namespaces of its databases, or of its watch. */
export function secretReferences(stack: StackConfig): SecretReference[] {
  const own = Object.keys(stack.namespaces);
  return [
    ...databasesOf(stack).flatMap((declared) =>
      inNamespace(
        namespaceOf(stack, declared),
        propertyPath([declared.kind, declared.key]),
        ofDatabase(stack, declared),
      ),
    ),
    ...Object.entries(stack.poolers).flatMap(([key, { cluster, certificates, ...pooler }]) => {
      const database = databaseOf(stack, cluster);
      const namespace = database ? namespaceOf(stack, database) : stack.namespace;
      return inNamespace(namespace, propertyPath(["poolers", key]), [
        ...ofPooler(certificates),
        ...ofRegistries("imagePullSecrets", pooler.imagePullSecrets),
      ]);
    }),
    ...Object.entries(stack.logicalBackups).flatMap(([key, { cluster, ...dump }]) => {
      const database = databaseOf(stack, cluster);
      const namespace = database ? namespaceOf(stack, database) : stack.namespace;
      return inNamespace(namespace, propertyPath(["logicalBackups", key]), [
        { path: "loginSecret", name: dump.loginSecret, keys: LOGIN },
        { path: "caSecret", name: dump.caSecret, keys: CA },
        ...ofStore("store", dump.store),
      ]);
    }),
    ...own.flatMap((namespace) => inNamespace(namespace, "", ofStack(stack, namespace))),
    ...(stack.watch ? inNamespace(watchNamespace(stack.watch), "", ofMirror(stack)) : []),
    ...inNamespace(stack.namespace, "access", ofAccess(stack)),
  ];
}

function inNamespace(namespace: string, where: string, found: Found[]): SecretReference[] {
  return found.flatMap(({ name, path, ...rest }) =>
    // Malformed ones are missing.
    typeof name === "string"
      ? [{ ...rest, name, namespace, path: where === "" ? path : `${where}.${path}` }]
      : [],
  );
}

function ofDatabase(stack: StackConfig, declared: Declared): Found[] {
  const { roles = [], certificates, backup } = declared.config;
  const { ownerSecret } = declared.config.database ?? {};
  return [
    {
      path: "database.ownerSecret",
      name: ownerSecret,
      keys: LOGIN,
      role: ownerOf(stack, declared),
    },
    ...roles.flatMap(({ name, passwordSecret }, index) => [
      { path: `roles[${index}].passwordSecret`, name: passwordSecret, keys: LOGIN, role: name },
    ]),
    ...ofPods(declared.config),
    ...ofCertificates(certificates === false ? undefined : certificates),
    ...ofStore("backup.store", backup === false ? undefined : backup?.store),
    ...("source" in declared.config ? ofStore("source.store", declared.config.source.store) : []),
    ...("source" in declared.config ? takenOver(stack, declared.config) : []),
    ...("connection" in declared.config ? ofConnection("", declared.config.connection) : []),
    ...(declared.kind === "clusters" ? ofPair(stack, declared.config) : []),
    ...(declared.kind === "imports" ? ofServer(declared.config.server) : []),
  ];
}

/**
 * Returns those that a copy takes over from a source in another namespace, and reads in its own: of the source's own store,
 * and by which its image is pulled.
 */
function takenOver(stack: StackConfig, config: RecoveryConfig | ReplicaConfig): Found[] {
  const source = stack.clusters[config.source.cluster ?? ""];
  if (!source || !isElsewhere(stack, config)) return [];
  const { backup } = source;
  const found = [
    ...(backup === false ? [] : ofStore("source", backup?.store)),
    ...(config.imagePullSecrets ? [] : ofRegistries("source", source.imagePullSecrets)),
  ];
  return onceEach(found).map(({ name }) => ({ path: "source.cluster", name, keys: [] }));
}

function onceEach(found: Found[]): Found[] {
  return found.filter(
    ({ name }, index) => found.findIndex((other) => other.name === name) === index,
  );
}

/** Returns the owner of the first database, if the stack says who it is. */
function ownerOf({ clusters }: StackConfig, { config }: Declared): string | undefined {
  const { cluster } = "source" in config ? config.source : {};
  const source = cluster === undefined ? undefined : clusters[cluster]?.database;
  const { owner, name } = { ...source, ...config.database };
  const known = owner ?? name ?? ("source" in config && cluster === undefined ? undefined : "app");
  return typeof known === "string" ? known : undefined;
}

function ofCertificates(certificates: ClusterCertificatesArgs = {}): Found[] {
  const { serverTlsSecret, serverCaSecret, clientCaSecret, replicationTlsSecret } = certificates;
  return [
    { path: "certificates.serverTlsSecret", name: serverTlsSecret, keys: TLS },
    { path: "certificates.serverCaSecret", name: serverCaSecret, keys: CA },
    { path: "certificates.clientCaSecret", name: clientCaSecret, keys: CA },
    { path: "certificates.replicationTlsSecret", name: replicationTlsSecret, keys: TLS },
  ];
}

function ofPooler(certificates: PoolerCertificatesArgs = {}): Found[] {
  const { serverTlsSecret, serverCaSecret, clientTlsSecret, clientCaSecret } = certificates;
  return [
    { path: "certificates.serverTlsSecret", name: serverTlsSecret, keys: TLS },
    { path: "certificates.serverCaSecret", name: serverCaSecret, keys: CA },
    { path: "certificates.clientTlsSecret", name: clientTlsSecret, keys: TLS },
    { path: "certificates.clientCaSecret", name: clientCaSecret, keys: CA },
  ];
}

/** Returns those by which a cluster follows the other one of its pair: of a cluster of the stack, those of its own store. */
function ofPair(stack: StackConfig, config: ClusterConfig): Found[] {
  const { source, connection } = config.replica ?? {};
  const backup = partnerOf(stack, config)?.config.backup;
  const partners = ofStore("replica.cluster", backup === false ? undefined : backup?.store);
  return [
    ...ofStore("replica.source.store", source?.store),
    ...ofConnection("replica.", connection),
    ...onceEach(partners).map(({ name }) => ({ path: "replica.cluster", name, keys: [] })),
  ];
}

function ofConnection(
  within: string,
  connection: { serverCaSecret?: unknown; replicationTlsSecret?: unknown } | false | undefined,
): Found[] {
  if (!connection) return [];
  const { serverCaSecret, replicationTlsSecret } = connection;
  return [
    { path: `${within}connection.serverCaSecret`, name: serverCaSecret, keys: CA },
    { path: `${within}connection.replicationTlsSecret`, name: replicationTlsSecret, keys: TLS },
  ];
}

/** Returns those by which an import logs in to the server, which is missing if it is malformed. */
function ofServer(server: Partial<ImportServerArgs> = {}): Found[] {
  const { passwordSecret, tlsSecret, caSecret } = server;
  return [
    ...keyed("server.passwordSecret", passwordSecret),
    { path: "server.tlsSecret", name: tlsSecret, keys: TLS },
    ...keyed("server.caSecret", caSecret),
  ];
}

function keyed(where: string, secret: KeyReferenceArgs | undefined): Found[] {
  return secret ? [{ path: `${where}.name`, name: secret.name, keys: [secret.key] }] : [];
}

function ofStore(where: string, store: BackupStore | undefined): Found[] {
  if (!store) return [];
  const { endpointCa, accessKeyId, secretAccessKey, google, azure } = store;
  const named = Object.entries({
    endpointCa,
    accessKeyId,
    secretAccessKey,
    "google.applicationCredentials": google?.applicationCredentials,
    "azure.connectionString": azure?.connectionString,
    "azure.storageAccount": azure?.storageAccount,
    "azure.storageKey": azure?.storageKey,
    "azure.storageSasToken": azure?.storageSasToken,
  });
  return named.flatMap(([argument, key]) =>
    key ? [{ path: `${where}.${argument}.name`, name: key.name, keys: [key.key] }] : [],
  );
}

/** Returns those that every namespace with databases reads. */
function ofStack(stack: StackConfig, namespace: string): Found[] {
  const { backups } = stack;
  const { credentialsSecret, caSecret } = backups?.s3Compatible ?? {};
  const isUsed = databasesOf(stack).some((declared) => namespaceOf(stack, declared) === namespace);
  if (!isUsed) return [];
  const where = "backups.s3Compatible";
  const { accessKeyId = ACCESS_KEY_ID, secretAccessKey = SECRET_ACCESS_KEY } =
    credentialsSecret ?? {};
  return [
    {
      path: `${where}.credentialsSecret.name`,
      name: credentialsSecret?.name,
      keys: [accessKeyId, secretAccessKey],
    },
    { path: `${where}.caSecret.name`, name: caSecret?.name, keys: caSecret ? [caSecret.key] : [] },
    ...ofStore("backups.store", backups?.store),
    ...ofMirror(stack),
  ];
}

function ofMirror({ mirror }: StackConfig): Found[] {
  return ofRegistries("mirror.imagePullSecrets", mirror?.imagePullSecrets);
}

/** Returns those that admins may read, wherever they are. */
function ofAccess({ access }: StackConfig): Found[] {
  return (access?.secrets ?? []).map((name, index) => ({
    path: `secrets[${index}]`,
    name,
    keys: [],
    anywhere: true,
  }));
}
