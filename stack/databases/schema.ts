import { z } from "zod";
import { backupSchema } from "../../components/backup/schema";
import { backupStoreSchema } from "../../components/backup/store-schema";
import { postgresClusterSchema } from "../../components/postgres/cluster/schema";
import { importedClusterSchema } from "../../components/postgres/import/schema";
import { recoveryClusterSchema } from "../../components/postgres/recovery/schema";
import { replicaClusterSchema } from "../../components/postgres/replica/schema";
import { clusterCertificatesSchema } from "../../components/security/cluster-certificates/schema";
import { databaseImage } from "../images/schema";
import { monitoringOrNone } from "../monitoring/schema";
import { databaseNamespace } from "../namespaces/schema";
import { pairSchema } from "../pairs/schema";

/** By which poolers and dumps name their database. */
export const databaseKey = z
  .string()
  .describe("Key of the database in `clusters`, `recoveries`, `replicas` or `imports`.");

/** The arguments that the program sets for every database. */
const given = { namespace: true, poolers: true, mirror: true } as const;

const off = z.literal(false);
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
  monitoring: monitoringOrNone(cluster.monitoring),
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

export const clusterConfig = postgresClusterSchema
  .omit(given)
  .extend({ ...fromStack, replica: pairSchema.optional() });
export const recoveryConfig = recoveryClusterSchema.omit(given).extend(fromArchive);
export const replicaConfig = replicaClusterSchema
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

export const importConfig = importedClusterSchema.omit(given).extend({
  ...fromStack,
  namespace: fromStack.namespace.describe(
    "Its namespace, one of `namespaces`; its poolers and the Secrets of `server` are there, too. **A change replaces the " +
      "database.** Default: the stack's `namespace`.",
  ),
});

export type CertificateNames = z.output<typeof certificateNames>;
export type SourceConfig = z.output<typeof fromArchive.source>;
export type ClusterConfig = z.output<typeof clusterConfig>;
export type RecoveryConfig = z.output<typeof recoveryConfig>;
export type ReplicaConfig = z.output<typeof replicaConfig>;
export type ImportConfig = z.output<typeof importConfig>;
export type DatabaseConfig = ClusterConfig | RecoveryConfig | ReplicaConfig | ImportConfig;
