import { z } from "zod";
import { CatalogKind } from "../components";
import { primaryChaosSchema } from "../components/chaos/primary-chaos/schema";
import { namespaceName, objectName } from "../components/formats/names";
import { mirrorSchema } from "../components/operators/release/schema";
import { platformSchema } from "../components/platform/schema";
import { clusterImageCatalogSchema } from "../components/postgres/image-catalog/schema";
import { primaryWatchSchema } from "../components/postgres/watch/schema";
import { accessSchema } from "./access/schema";
import { aliasSchema } from "./aliases/schema";
import { backups } from "./backups/schema";
import { byName } from "./by-name";
import { certificates } from "./certificates/schema";
import {
  clusterConfig,
  importConfig,
  recoveryConfig,
  replicaConfig,
  type SourceConfig,
} from "./databases/schema";
import { imageSchema } from "./images/schema";
import { logicalBackupConfig } from "./logical-backups/schema";
import { monitoringOrNone } from "./monitoring/schema";
import {
  namespacesWithDefaults,
  otherNamespace,
  stackNamespace,
  type NamespaceConfig,
} from "./namespaces/schema";
import { poolerSchema } from "./poolers/schema";
import { secretSchema } from "./secrets/schema";

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

const watch = primaryWatchSchema.omit({ namespaces: true, mirror: true }).extend({
  monitoring: monitoringOrNone(primaryWatchSchema.shape.monitoring),
});

// The program knows the database, and names the rest after it.
const chaos = primaryChaosSchema.omit({ namespace: true, cluster: true, chaosName: true });

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
  poolers: z.record(z.string(), poolerSchema).optional().describe("Poolers by name."),
  aliases: z
    .record(z.string(), aliasSchema)
    .optional()
    .describe(
      "Names by which clients reach a database and go on when another one takes its place, after a recovery or a switchover: " +
        "Services `<alias>-rw`, `-ro` and `-r`, and a Secret `<alias>-app`. Certificates of all databases that come from one " +
        "another have these names. Default: none.",
    ),
  logicalBackups: z
    .record(z.string(), logicalBackupConfig)
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
export type ChaosConfig = z.output<typeof chaos>;
export type WatchConfig = z.output<typeof watch>;
export type ImageCatalogConfig = z.output<typeof imageCatalog>;

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
