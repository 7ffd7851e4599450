import { z } from "zod";
import {
  CatalogKind,
  type CertificateAuthorityArgs,
  type S3CompatibleStoreArgs,
} from "../components";
import { backupBucketSchema } from "../components/backup/bucket/schema";
import { s3CompatibleStoreSchema } from "../components/backup/s3-compatible-store/schema";
import { backupSchema } from "../components/backup/schema";
import { backupStoreSchema } from "../components/backup/store-schema";
import { primaryChaosSchema } from "../components/chaos/primary-chaos/schema";
import { namespaceName, objectName } from "../components/formats/names";
import { mirrorSchema } from "../components/operators/release/schema";
import { platformSchema } from "../components/platform/schema";
import { postgresClusterSchema } from "../components/postgres/cluster/schema";
import { clusterImageCatalogSchema } from "../components/postgres/image-catalog/schema";
import { importedClusterSchema } from "../components/postgres/import/schema";
import { logicalBackupSchema } from "../components/postgres/logical-backup/schema";
import { postgresPoolerSchema } from "../components/postgres/pooler/schema";
import { recoveryClusterSchema } from "../components/postgres/recovery/schema";
import { replicaClusterSchema } from "../components/postgres/replica/schema";
import { primaryWatchSchema } from "../components/postgres/watch/schema";
import { certificateAuthoritySchema } from "../components/security/certificate-authority/schema";
import { clusterCertificatesSchema } from "../components/security/cluster-certificates/schema";
import { accessSchema } from "./access/schema";
import { aliasSchema } from "./aliases/schema";
import { byName } from "./by-name";
import { databaseImage, imageSchema } from "./images/schema";
import {
  databaseNamespace,
  namespacesWithDefaults,
  otherNamespace,
  stackNamespace,
  type NamespaceConfig,
} from "./namespaces/schema";
import { pairSchema } from "./pairs/schema";
import { secretSchema } from "./secrets/schema";

/** Values that may contain a secret are left to the component, which knows what must not be shown. */
const leftToComponent = <Type>() => z.custom<Type>(() => true).optional();

const off = z.literal(false);

/** The arguments that the program sets for every database. */
const given = { namespace: true, poolers: true, mirror: true } as const;

const issued = clusterCertificatesSchema.shape;
const cluster = postgresClusterSchema.shape;
const recovery = recoveryClusterSchema.shape;

const certificateNames = cluster.certificates
  .unwrap()
  .extend({ externalNames: issued.externalNames, additionalServices: issued.additionalServices });

/** The arguments with a default from the stack, which every database can override. */
const fromStack = {
  namespace: databaseNamespace.describe(
    "Its namespace, one of `namespaces`; its poolers are there, too. **A change replaces the database.** Default: that of " +
      "`source.cluster`, or the stack's `namespace`.",
  ),
  image: databaseImage
    .optional()
    .describe(
      "Image of PostgreSQL, with a tag that begins with its version, better with the digest too: " +
        "`registry/postgresql:18.6-standard-trixie@sha256:...`; or `{ built: <key> }` for one of the stack's `images`. A change " +
        "restarts the instances one by one, the primary last. Default: of a copy that of its source, and otherwise the `standard` " +
        "image of `version` that this release was tested with, by digest.",
    ),
  backup: backupSchema
    .extend({ store: backupStoreSchema.optional() })
    .or(off)
    .optional()
    .describe(
      "Its backups; false for none. `store` is used instead of the stack's `backups`. Default: every day to the stack's " +
        "`backups`, if there are any.",
    ),
  certificates: certificateNames
    .or(off)
    .optional()
    .describe(
      "Further names for the certificate that the stack's authority issues; Secrets with certificates of another " +
        "authority; or false, for those that CloudNativePG issues. Default: of the stack's authority, if there is one.",
    ),
  monitoring: cluster.monitoring
    .unwrap()
    .or(off)
    .optional()
    .describe(
      "Its monitoring; false for none. Default: with all defaults if there is a `platform.prometheusStack`.",
    ),
};

const fromArchive = {
  ...fromStack,
  source: recovery.source
    .extend({
      cluster: z
        .string()
        .optional()
        .describe("Key of the cluster in `clusters`. Either this, or `serverName`."),
      serverName: recovery.source.shape.serverName
        .optional()
        .describe(
          "Name of the archive: `backupServerName` in `clusterEndpoints`, or the folder in the bucket. Either this, or " +
            "`cluster`.",
        ),
      store: backupStoreSchema
        .optional()
        .describe("The store that the archive is in. Default: the stack's `backups`."),
    })
    .describe(
      "The archive that it comes from: that of a cluster of the stack, or one by its name.",
    ),
  database: recovery.database
    .partial()
    .optional()
    .describe(
      "Database and owner of the source. Default: those of `source.cluster`; required with `source.serverName`.",
    ),
  storage: cluster.storage
    .optional()
    .describe(
      "Default: that of `source.cluster`, as `walStorage`, `resources`, `parameters`, `version`, `image`, " +
        "`imagePullSecrets`, `nodes`, `placement`, `tablespaces`, `sharedPreloadLibraries`, `imageCatalog` and `extensionImages`.",
    ),
};

const awsS3 = backupBucketSchema.extend({
  retentionDays: backupBucketSchema.shape.retentionDays
    .optional()
    .describe(
      "Days that a database can be recovered back to. Default: the longest `backup.retention` of the databases.",
    ),
  // The program knows the namespace and the service accounts.
  role: z
    .strictObject({ oidcProviderArn: backupBucketSchema.shape.role.unwrap().shape.oidcProviderArn })
    .optional()
    .describe(
      "A role for the service accounts of all databases that use the bucket, on EKS. Either this, or `user`. Default: " +
        "none, permissions are given elsewhere.",
    ),
  user: z
    .strictObject({ secretName: objectName.optional() })
    .optional()
    .describe(
      "A user with an access key, on other clusters. Either this, or `role`. Default: none, permissions are given elsewhere.",
    ),
});

const s3Compatible = s3CompatibleStoreSchema.omit({ namespace: true }).extend({
  secretName: objectName.optional(),
  endpointUrl: leftToComponent<S3CompatibleStoreArgs["endpointUrl"]>() as z.ZodType<
    S3CompatibleStoreArgs["endpointUrl"]
  >,
  credentials: leftToComponent<S3CompatibleStoreArgs["credentials"]>(),
});

const authority = certificateAuthoritySchema.extend({
  secretName: objectName.optional(),
  existing: leftToComponent<CertificateAuthorityArgs["existing"]>(),
  certManager: certificateAuthoritySchema.shape.certManager
    .unwrap()
    .extend({ issuerName: objectName.optional() })
    .optional(),
});

const backups = z.strictObject({
  awsS3: awsS3
    .optional()
    .describe(
      "A bucket of AWS S3, which the program creates in the account and the `aws:region` of the stack.",
    ),
  s3Compatible: s3Compatible
    .optional()
    .describe(
      "A bucket of another S3 service, which must exist. Its access key is one of `credentialsSecret`, a Secret of the " +
        "namespace that exists already, and `credentials`, whose secret part is refused in plain text: `pulumi " +
        "config set --secret --path ha-postgres:backups.s3Compatible.credentials.secretAccessKey`.",
    ),
  store: backupStoreSchema
    .optional()
    .describe(
      "A store by its plain values, at Google (`google`), Azure (`azure`) or an S3 service. Its Secrets must be in every " +
        "namespace with databases.",
    ),
});

const certificates = z.strictObject({
  authority: authority
    .optional()
    .describe(
      "The authority. Its `existing.privateKey` is refused in plain text: `pulumi config set --secret --path " +
        "ha-postgres:certificates.authority.existing.privateKey`. Default: a root of ten years, made here.",
    ),
  issuer: issued.issuer,
  validityDays: issued.validityDays,
  renewBeforeDays: issued.renewBeforeDays,
  clusterDomain: issued.clusterDomain,
});

// The program knows the name and the registries.
const imageCatalog = clusterImageCatalogSchema.omit({ catalogName: true, mirror: true }).extend({
  kind: z
    .enum(CatalogKind)
    .optional()
    .describe(
      "Where it is: `ImageCatalog` in every namespace of databases, `ClusterImageCatalog` once for all of the Kubernetes " +
        "cluster. **A change replaces it.** Default: `ImageCatalog`.",
    ),
});

const pooler = postgresPoolerSchema
  .omit({
    namespace: true,
    maxConnections: true,
    totalInstances: true,
    credentials: true,
    mirror: true,
  })
  .extend({
    cluster: z
      .string()
      .describe("Key of the database in `clusters`, `recoveries`, `replicas` or `imports`."),
    databases: postgresPoolerSchema.shape.databases.describe(
      "Number of database and user pairs that connect through this pooler. Each has a separate pool in each pod. Default: " +
        "one for the owner, and one for each role with a generated password.",
    ),
    monitoring: postgresPoolerSchema.shape.monitoring
      .unwrap()
      .or(off)
      .optional()
      .describe(
        "Its monitoring; false for none. Default: with all defaults if there is a `platform.prometheusStack`.",
      ),
  });

const logicalBackup = logicalBackupSchema
  .omit({ namespace: true, mirror: true, image: true, version: true, imagePullSecrets: true })
  .extend({
    cluster: z
      .string()
      .describe("Key of the database in `clusters`, `recoveries`, `replicas` or `imports`."),
    database: logicalBackupSchema.shape.database
      .optional()
      .describe("The database that is dumped. Default: the one that the cluster was created with."),
    loginSecret: logicalBackupSchema.shape.loginSecret.describe(
      "Secret with `username` and `password` of the role that reads it, such as `<cluster>-<role>` of a role with a generated " +
        "password. What it may not read fails the dump. Default: the owner's. Of a replica that is not promoted, and of a " +
        "cluster that is demoted, it is required: there the passwords of the cluster that it follows apply.",
    ),
    store: backupStoreSchema
      .optional()
      .describe("The store. Default: that of the database's base backups, or the stack's."),
    encryption: logicalBackupSchema.shape.encryption.describe(
      "The store's encryption of dumps. Default: that of the database's base backups, unless `store` is set; otherwise as the " +
        "bucket is configured.",
    ),
    monitoring: logicalBackupSchema.shape.monitoring
      .unwrap()
      .or(off)
      .optional()
      .describe(
        "Its alerts; false for none. They read kube-state-metrics. Default: with all defaults if there is a " +
          "`platform.prometheusStack`.",
      ),
  });

const watch = primaryWatchSchema.omit({ namespaces: true, mirror: true }).extend({
  monitoring: primaryWatchSchema.shape.monitoring
    .unwrap()
    .or(off)
    .optional()
    .describe(
      "Its monitoring; false for none. Default: with all defaults if there is a `platform.prometheusStack`.",
    ),
});

// The program knows the database, and names the rest after it.
const chaos = primaryChaosSchema.omit({ namespace: true, cluster: true, chaosName: true });

const clusterConfig = postgresClusterSchema
  .omit(given)
  .extend({ ...fromStack, replica: pairSchema.optional() });
const recoveryConfig = recoveryClusterSchema.omit(given).extend(fromArchive);
const replicaConfig = replicaClusterSchema
  .omit(given)
  .extend(fromArchive)
  .extend({
    connection: replicaClusterSchema.shape.connection
      .unwrap()
      .or(off)
      .optional()
      .describe(
        "Its connection to the source; false for the archive alone. Default: to `source.cluster` with the certificate " +
          "of its replicas; with `source.serverName` the archive alone.",
      ),
  });

const importConfig = importedClusterSchema.omit(given).extend({
  ...fromStack,
  namespace: fromStack.namespace.describe(
    "Its namespace, one of `namespaces`; its poolers and the Secrets of `server` are there, too. **A change replaces the " +
      "database.** Default: the stack's `namespace`.",
  ),
});

/** The configuration of a stack, under `ha-postgres:` in `Pulumi.<stack>.yaml`. */
export const stackSchema = z.strictObject({
  namespace: stackNamespace
    .optional()
    .describe(
      "Namespace of all databases that name no other: its name, or an object with more. The program creates it unless " +
        '`create` is false. **Another name replaces everything in it.** Default: "databases".',
    ),
  namespaces: z
    .record(z.string(), otherNamespace)
    .optional()
    .describe(
      "Further namespaces for databases, by name: `{}` creates one. A database is in one of them with its own `namespace`. " +
        "Default: none.",
    ),
  secrets: z
    .record(z.string(), secretSchema)
    .optional()
    .describe(
      "Secrets by name, which arguments such as `ownerSecret` and `passwordSecret` name. They are created before the databases. " +
        "A stack that declares any declares all that it names in a namespace that it creates. Default: none.",
    ),
  access: accessSchema
    .optional()
    .describe(
      "Who may do what in the namespaces of the databases: a Role and a RoleBinding for each list. Default: nobody but who " +
        "has rights anyway.",
    ),
  imageCatalogs: z
    .record(objectName, imageCatalog)
    .optional()
    .describe(
      "Image catalogues by name, which clusters and poolers name in their `imageCatalog`: `{}` has the images that this release " +
        "was tested with. Default: none.",
    ),
  mirror: mirrorSchema
    .optional()
    .describe("Registries that replace the public ones, for everything in the stack."),
  platform: platformSchema
    .omit({ mirror: true, postgresMajors: true })
    .optional()
    .describe("The operators. Default: CloudNativePG alone."),
  backups: backups
    .optional()
    .describe(
      "The store of backups: one of the three. With it every database of the stack archives its WAL and is backed up every " +
        "day, unless its own `backup` differs. It needs `platform.barmanCloudPlugin`. Default: none, a database is backed " +
        "up only to its own `store`.",
    ),
  certificates: certificates
    .optional()
    .describe(
      "Certificates of the stack's own authority, for every database, its poolers and its `certificateUsers`. A database " +
        "that was created without it and has had no pooler yet must be prepared for one by hand: see `serverTlsSecret` of " +
        "PoolerCertificatesArgs. Default: CloudNativePG issues its own, with an authority for each database.",
    ),
  networkPolicy: z
    .strictObject({
      namespaces: z
        .array(namespaceName)
        .optional()
        .describe(
          "Namespaces of applications: all of their pods may connect to PostgreSQL and PgBouncer, port 5432. A database or " +
            "pooler overrides it with its own `networkPolicy.namespaces`, [] for none. Default: none.",
        ),
    })
    .optional()
    .describe(
      "Further clients of every database and every pooler; each can override it in its own `networkPolicy`. Default: only " +
        "the pods of the databases' namespace.",
    ),
  images: z
    .record(z.string(), imageSchema)
    .optional()
    .describe(
      "Images of PostgreSQL with further packages and files, by name: databases name them by `image: { built: <name> }`. They are " +
        "built and pushed where the program runs, which needs Docker or another BuildKit there, with its logins. Default: none.",
    ),
  clusters: z.record(z.string(), clusterConfig).optional().describe("Clusters by name."),
  recoveries: z
    .record(z.string(), recoveryConfig)
    .optional()
    .describe("Clusters that are recovered from backups, by name."),
  replicas: z
    .record(z.string(), replicaConfig)
    .optional()
    .describe("Standing replicas of other clusters, by name."),
  imports: z
    .record(z.string(), importConfig)
    .optional()
    .describe("Clusters with the data of a PostgreSQL that runs elsewhere, by name."),
  poolers: z.record(z.string(), pooler).optional().describe("Poolers by name."),
  aliases: z
    .record(z.string(), aliasSchema)
    .optional()
    .describe(
      "Names by which clients reach a database and go on when another one takes its place, after a recovery or a switchover: " +
        "Services `<alias>-rw`, `-ro` and `-r`, and a Secret `<alias>-app`. Certificates of all databases that come from one " +
        "another have these names. Default: none.",
    ),
  logicalBackups: z
    .record(z.string(), logicalBackup)
    .optional()
    .describe("Dumps of single databases by `pg_dump` to the store, by name. Default: none."),
  watch: watch
    .optional()
    .describe(
      "A watch over the primaries of all databases, with which a lost node costs 20 seconds instead of a minute, and a " +
        "PostgreSQL that hangs is replaced. It needs three nodes. Default: none.",
    ),
  chaos: z
    .record(z.string(), chaos)
    .optional()
    .describe(
      "Faults of a database's primary, again and again until a time is over, by the key of the database. It opens the " +
        "namespace of that database for experiments of Chaos Mesh, and needs `platform.chaosMesh`. Refused in a namespace in " +
        "which a database has `deletionProtection`. Default: none.",
    ),
});

type Declared = z.output<typeof stackSchema>;
type Filled =
  | "namespace"
  | "namespaces"
  | "secrets"
  | "imageCatalogs"
  | "platform"
  | "images"
  | "clusters"
  | "recoveries"
  | "replicas"
  | "imports"
  | "poolers"
  | "aliases"
  | "logicalBackups"
  | "chaos";

/** The configuration of a stack, with the defaults of what it does not declare. */
export type StackConfig = Omit<Declared, Filled> &
  Required<Pick<Declared, Exclude<Filled, "namespace" | "namespaces">>> & {
    namespace: string;
    /** All namespaces of databases, the stack's among them. */
    namespaces: Record<string, NamespaceConfig>;
  };
export type BackupsConfig = z.output<typeof backups>;
export type AwsS3Config = z.output<typeof awsS3>;
export type S3CompatibleConfig = z.output<typeof s3Compatible>;
export type CertificatesConfig = z.output<typeof certificates>;
export type CertificateNames = z.output<typeof certificateNames>;
export type ClusterConfig = z.output<typeof clusterConfig>;
export type SourceConfig = z.output<typeof fromArchive.source>;
export type RecoveryConfig = z.output<typeof recoveryConfig>;
export type ReplicaConfig = z.output<typeof replicaConfig>;
export type ImportConfig = z.output<typeof importConfig>;
export type ChaosConfig = z.output<typeof chaos>;
export type PoolerConfig = z.output<typeof pooler>;
export type LogicalBackupConfig = z.output<typeof logicalBackup>;
export type WatchConfig = z.output<typeof watch>;
export type ImageCatalogConfig = z.output<typeof imageCatalog>;
export type DatabaseConfig = ClusterConfig | RecoveryConfig | ReplicaConfig | ImportConfig;

/** Returns a stack's declaration with the defaults of the rest. */
export function withDefaults(declared: Declared): StackConfig {
  return {
    ...declared,
    ...namespacesWithDefaults(declared.namespace, declared.namespaces),
    secrets: byName(declared.secrets),
    imageCatalogs: byName(declared.imageCatalogs),
    platform: declared.platform ?? {},
    images: byName(declared.images),
    clusters: byName(declared.clusters),
    recoveries: withSources(declared.recoveries),
    replicas: withSources(declared.replicas),
    imports: byName(declared.imports),
    poolers: byName(declared.poolers),
    aliases: byName(declared.aliases),
    logicalBackups: byName(declared.logicalBackups),
    chaos: byName(declared.chaos),
  };
}

/** A malformed source is missing here, and reported already. */
function withSources<Config extends { source: SourceConfig }>(
  declared: Record<string, Config> = {},
): Record<string, Config> {
  return byName(
    Object.fromEntries(
      Object.entries(declared).map(([key, config]) => [
        key,
        { ...config, source: (config.source as SourceConfig | undefined) ?? {} },
      ]),
    ),
  );
}
