import * as k8s from "@pulumi/kubernetes";
import {
  BackupBucket,
  CertificateAuthority,
  ClusterCertificates,
  Platform,
  PostgresCluster,
  PostgresPooler,
  PrimaryWatch,
  PrimaryChaos,
  RecoveryCluster,
  ReplicaCluster,
  S3CompatibleStore,
} from "./components";
import { recommendedLabels } from "./components/kubernetes/labels";
import * as stack from "./stack";

const plan = stack.readPlan();
const { config } = plan;

const platform = new Platform("platform", { mirror: config.mirror, ...config.platform });

const databasesNamespace = new k8s.core.v1.Namespace(
  "databases",
  {
    metadata: {
      name: config.namespace,
      annotations: stack.chaosAnnotations(config),
      labels: {
        ...recommendedLabels("databases", config.namespace, "namespace"),
        "pod-security.kubernetes.io/enforce": "restricted",
      },
    },
  },
  // With the namespace goes every database in it, whatever protects them.
  { protect: stack.protectsDatabase(config) },
);
const namespace = databasesNamespace.metadata.name;

const { awsS3, s3Compatible } = config.backups ?? {};
const bucket = awsS3 && new BackupBucket(stack.BACKUPS, stack.bucketArgs(config, awsS3, namespace));
const s3 =
  s3Compatible && new S3CompatibleStore(stack.BACKUPS, stack.storeArgs(s3Compatible, namespace));

const authority =
  config.certificates &&
  new CertificateAuthority(
    stack.AUTHORITY,
    stack.authorityArgs(config, config.certificates, namespace),
    // Its Secrets may go to the databases' namespace, and its issuer to cert-manager's.
    { dependsOn: [platform, databasesNamespace] },
  );

const issued = Object.fromEntries(
  authority
    ? stack.certifiedOf(config).map((declared) => {
        const args = stack.certificatesArgs(config, declared, authority.signer, namespace);
        return [declared.key, new ClusterCertificates(declared.key, args)] as const;
      })
    : [],
);

const context = {
  namespace,
  store: (bucket ?? s3)?.store,
  issued,
  sourceParameters: plan.sourceParameters,
};

// Before the databases, so that their first minutes are watched, too.
if (config.watch) {
  new PrimaryWatch(stack.WATCH, stack.watchArgs(config, config.watch, namespace));
}

const clusters = each(config.clusters, (key, declared) => {
  const args = stack.clusterArgs(config, key, declared, context);
  return new PostgresCluster(key, args, { dependsOn: platform });
});

const recoveries = each(config.recoveries, (key, declared) => {
  const from = clusters[declared.source.cluster ?? ""];
  const args = stack.recoveryArgs(config, key, declared, context, from);
  return new RecoveryCluster(key, args, { dependsOn: from ? [platform, from] : [platform] });
});

const replicas = each(config.replicas, (key, declared) => {
  const from = clusters[declared.source.cluster ?? ""];
  const args = stack.replicaArgs(config, key, declared, context, from);
  return new ReplicaCluster(key, args, { dependsOn: from ? [platform, from] : [platform] });
});

const databases: Record<string, PostgresCluster | RecoveryCluster | ReplicaCluster> = {
  ...clusters,
  ...recoveries,
  ...replicas,
};

const poolers = Object.fromEntries(
  Object.entries(databases).flatMap(([key, database]) =>
    stack.poolersOf(config, key).map(([name, declared]) => {
      const args = stack.poolerArgs(config, name, declared, database, issued[key]);
      return [name, new PostgresPooler(name, args)] as const;
    }),
  ),
);

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
}));

/** Where each pooler is reached and how many connections it makes of how many, by its name. */
export const poolerEndpoints = each(poolers, (_, { namespace, host, port, sizes, secretName }) => ({
  namespace,
  host,
  port,
  sizes,
  ...(secretName && { secretName }),
}));

/** The certificates that clients of all databases trust, PEM, and when the authority's own ends. */
export const certificateAuthority = authority
  ? { bundle: authority.bundle, validUntil: authority.validUntil }
  : // The engine warns of what is undefined, and leaves out what is null.
    null;

/** One for each key. */
function each<From, To>(
  all: Record<string, From>,
  make: (key: string, from: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(all).map(([key, from]) => [key, make(key, from)]));
}
