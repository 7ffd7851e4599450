import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  BackupBucket,
  CertificateAuthority,
  ClusterCertificates,
  ClusterImageCatalog,
  DatabaseAccess,
  ImageCatalog,
  ImportedCluster,
  DatabaseAlias,
  LogicalBackup,
  Platform,
  PostgresCluster,
  PostgresImage,
  PostgresPooler,
  PrimaryWatch,
  PrimaryChaos,
  RecoveryCluster,
  ReplicaCluster,
  S3CompatibleStore,
  SealedSecret,
} from "./components";
import * as stack from "./stack";

const plan = stack.readPlan();
const { config } = plan;

// One that must exist and does not ends everything here.
const existing = each(
  pick(config.namespaces, ({ create }) => !create),
  (name) => k8s.core.v1.Namespace.get(stack.namespaceResource(config, name), name),
);

const platform = new Platform(
  "platform",
  { mirror: config.mirror, ...config.platform },
  { dependsOn: Object.values(existing) },
);

const created = each(
  pick(config.namespaces, ({ create }) => create),
  (name) =>
    new k8s.core.v1.Namespace(
      stack.namespaceResource(config, name),
      stack.namespaceArgs(config, name),
      // With the namespace goes every database in it, whatever protects them.
      { protect: stack.protectsNamespace(config, name) },
    ),
);
const namespaces = stack.byName({
  ...each(existing, (_, { id }) => id),
  ...each(created, (_, { metadata }) => metadata.name),
});
/** A namespace of databases, once it is there. */
const placed = (name: string) => namespaces[name] ?? pulumi.output(name);

// The watch creates its namespace, and then waits for the Secrets that are in it.
let isThere: (namespace: pulumi.Output<string>) => void = () => undefined;
const ofWatch = new Promise<pulumi.Output<string>>((resolve) => {
  isThere = resolve;
});
const secretsByPlace = stack
  .declaredSecrets(config, (name) =>
    stack.isOfWatch(config, name) ? pulumi.output(ofWatch) : placed(name),
  )
  .map((declared) => {
    const { name, namespace, resource } = declared;
    if ("sealed" in declared) {
      const secret = new SealedSecret(resource, declared.sealed, { dependsOn: platform });
      return { name, namespace, secret, made: secret.name };
    }
    const secret = new k8s.core.v1.Secret(resource, declared.args);
    return { name, namespace, secret, made: secret.metadata.name };
  });
// Before all that refers to them by name.
const secrets = secretsByPlace.map(({ secret }) => secret);

const catalogs = stack
  .declaredCatalogs(config, placed)
  .map((declared) =>
    "args" in declared
      ? new ImageCatalog(declared.component, declared.args, { dependsOn: platform })
      : new ClusterImageCatalog(declared.component, declared.clusterWide, { dependsOn: platform }),
  );

/** What databases and poolers refer to by name. */
const named = [...secrets, ...catalogs];

if (config.access) {
  for (const name of Object.keys(config.namespaces)) {
    const args = stack.accessArgs(config.access, placed(name));
    new DatabaseAccess(stack.accessComponent(config, name), args);
  }
}

const { awsS3, s3Compatible, store } = config.backups ?? {};
const bucket =
  awsS3 && new BackupBucket(stack.BACKUPS, stack.bucketArgs(config, awsS3, namespaces));
const own = bucket?.store ?? store;
const s3 = each(
  s3Compatible ? stack.storesArgs(config, s3Compatible, namespaces) : {},
  (_, { component, args }) => new S3CompatibleStore(component, args).store,
);

const authority =
  config.certificates &&
  new CertificateAuthority(
    stack.AUTHORITY,
    stack.authorityArgs(config, config.certificates, placed(config.namespace)),
    // Its Secrets may go to the databases' namespaces, and its issuer to cert-manager's.
    { dependsOn: [platform, ...Object.values(existing), ...Object.values(created)] },
  );

const issued = stack.byName(
  Object.fromEntries(
    authority
      ? stack.certifiedOf(config).map((declared) => {
          const namespace = placed(stack.namespaceOf(config, declared));
          const args = stack.certificatesArgs(config, declared, authority.signer, namespace);
          return [declared.key, new ClusterCertificates(declared.key, args)] as const;
        })
      : [],
  ),
);

const images = each(
  config.images,
  (key, declared) => new PostgresImage(key, stack.imageArgs(config, declared)).image,
);

const context = {
  namespaces,
  images,
  stores: own ? each(config.namespaces, () => own) : s3,
  issued,
  sourceParameters: plan.sourceParameters,
  sourceDatabase: plan.sourceDatabase,
};

// Before the databases, so that their first minutes are watched, too.
if (config.watch) {
  const others = Object.keys(config.namespaces).filter((name) => name !== config.namespace);
  const own = secretsByPlace.filter(({ namespace }) => stack.isOfWatch(config, namespace));
  const pullSecrets = config.mirror?.imagePullSecrets?.map(
    (name) => own.find((secret) => secret.name === name)?.made ?? name,
  );
  const watched = [placed(config.namespace), ...others];
  const args = stack.watchArgs(config, config.watch, watched, pullSecrets);
  const { namespace } = new PrimaryWatch(stack.WATCH, args, {
    dependsOn: others.flatMap((name) => created[name] ?? existing[name] ?? []),
  });
  isThere(namespace);
}

const clusters = each(config.clusters, (key, declared) => {
  const args = stack.clusterArgs(config, key, declared, context);
  return new PostgresCluster(key, args, { dependsOn: [platform, ...named] });
});

const recoveries = each(config.recoveries, (key, declared) => {
  const from = clusters[declared.source.cluster ?? ""];
  const args = stack.recoveryArgs(config, key, declared, context, from);
  const needed = [platform, ...named, ...(from ? [from] : [])];
  return new RecoveryCluster(key, args, { dependsOn: needed });
});

const replicas = each(config.replicas, (key, declared) => {
  const from = clusters[declared.source.cluster ?? ""];
  const args = stack.replicaArgs(config, key, declared, context, from);
  const needed = [platform, ...named, ...(from ? [from] : [])];
  return new ReplicaCluster(key, args, { dependsOn: needed });
});

const imports = each(config.imports, (key, declared) => {
  const args = stack.importArgs(config, key, declared, context);
  return new ImportedCluster(key, args, { dependsOn: [platform, ...named] });
});

const databases: Record<
  string,
  PostgresCluster | RecoveryCluster | ReplicaCluster | ImportedCluster
> = { ...clusters, ...recoveries, ...replicas, ...imports };

const poolers = Object.fromEntries(
  Object.entries(databases).flatMap(([key, database]) =>
    stack.poolersOf(config, key).map(([name, declared]) => {
      const { namespace, maxConnections } = database;
      const credentials = stack.loginOf(config, key, databases);
      const of = { name: database.name, namespace, maxConnections, credentials };
      const args = stack.poolerArgs(config, name, declared, of, issued[key]);
      return [name, new PostgresPooler(name, args, { dependsOn: named })] as const;
    }),
  ),
);

const aliases = each(config.aliases, (name, declared) => {
  const database = databases[declared.cluster];
  if (!database) throw new Error(`aliases.${name} leads nowhere`);
  const credentials = stack.loginOf(config, declared.cluster, databases);
  const args = stack.aliasArgs(declared, placed(stack.aliasNamespace(config, declared)), {
    name: database.name,
    credentials,
  });
  // Clients are moved once it serves.
  return new DatabaseAlias(name, args, { dependsOn: [database] });
});

each(config.logicalBackups, (key, declared) => {
  const database = databases[declared.cluster];
  if (!database) return;
  const { values, store } = plan.dumped(declared.cluster, context);
  const args = stack.logicalBackupArgs(config, declared, database, values, store);
  new LogicalBackup(key, args, { dependsOn: [database, ...secrets] });
});

each(databases, (key, database) => {
  const declared = config.chaos[key];
  if (!declared) return;
  const args = stack.chaosArgs(declared, database);
  new PrimaryChaos(stack.chaosName(key), args, { dependsOn: [platform, database] });
});

/** Where each database is reached, by its name, and what its archive is called. */
export const clusterEndpoints = each(databases, (_, database) => ({
  name: database.name,
  namespace: database.namespace,
  hostRw: database.hostRw,
  hostRo: database.hostRo,
  hostR: database.hostR,
  port: database.port,
  database: database.database,
  user: database.user,
  ownerSecretName: database.ownerSecretName,
  caSecretName: database.caSecretName,
  ...(database.backupServerName && { backupServerName: database.backupServerName }),
  ...(database.exposedEndpoints && { exposed: database.exposedEndpoints }),
}));

/** Where each pooler is reached and how many connections it makes of how many, by its name. */
export const poolerEndpoints = each(poolers, (_, pooler) => ({
  namespace: pooler.namespace,
  host: pooler.host,
  port: pooler.port,
  sizes: pooler.sizes,
  ...(pooler.secretName && { secretName: pooler.secretName }),
  ...(pooler.exposedEndpoints && { exposed: pooler.exposedEndpoints }),
}));

/** Under which names clients reach databases that may be replaced by others, by alias. */
export const aliasEndpoints = each(aliases, (name, alias) => ({
  cluster: config.aliases[name]?.cluster,
  namespace: alias.namespace,
  hostRw: alias.hostRw,
  hostRo: alias.hostRo,
  hostR: alias.hostR,
  port: alias.port,
  ...(alias.secretName && { secretName: alias.secretName }),
}));

/** What recoveries and replicas are declared with in place of `source.cluster` before that cluster is removed, by their names. */
export const standalone = stack.byName(
  Object.fromEntries(
    stack.dependentCopies(config).flatMap(([key, declared]) => {
      const from = clusters[declared.source.cluster ?? ""];
      return from ? [[key, stack.standaloneConfig(config, declared, context, from)] as const] : [];
    }),
  ),
);

/** The certificates that clients of all databases trust, PEM, and when the authority's own ends. */
export const certificateAuthority = authority
  ? { bundle: authority.bundle, validUntil: authority.validUntil }
  : // The engine warns of what is undefined, and leaves out what is null.
    null;

/** Those that are meant. */
function pick<T>(all: Record<string, T>, isMeant: (one: T) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([, one]) => isMeant(one)));
}

/** One for each key, to be looked up by it. */
function each<From, To>(
  all: Record<string, From>,
  make: (key: string, from: From) => To,
): Record<string, To> {
  return stack.byName(
    Object.fromEntries(Object.entries(all).map(([key, from]) => [key, make(key, from)])),
  );
}
