import { z } from "zod";
import { backupSchema } from "../../backup/schema";
import {
  existingName,
  extensionName,
  identifier,
  namespaceName,
  objectName,
  size,
} from "../../formats/names";
import { clusterExposedSchema } from "../exposure/schema";
import { externalName } from "../../formats/certificates";
import { monitoringSchema } from "../../monitoring/schema";
import { contentsFields, resourcesSchema } from "./contents-schema";
import { extensionFields } from "./extensions/schema";
import { extensionOptionsSchema, sqlSchema } from "./initial-sql/schema";
import { SERVER_ENCODINGS } from "./rules/database/initdb-locale";
import { mirrorSchema } from "../../operators/release/schema";
import { OFFERED_POSTGRES } from "../../upstream/postgres/lifetimes";
import { input, refusal, type Fields } from "../../contract/schema";
import type { PostgresClusterArgs } from "./args";
import type { ClusterCertificatesArgs } from "./args/certificates";
import type { ClusterArgs } from "./args/common";
import {
  LocaleProvider,
  type ClusterDatabaseArgs,
  type ClusterExtraDatabaseArgs,
} from "./args/database";
import {
  Spread,
  type ClusterNetworkPolicyArgs,
  type ClusterPlacementArgs,
  type ClusterStorageArgs,
  type RemoteReplicaClusterArgs,
} from "./args/pods";
import { RtoPreset } from "./args/rto";
import { replicaSchema } from "../demotion/schema";
import { connectionLimit } from "./roles/connection-limit";
import { roleOf } from "./roles/schema";
import { passwordRotation } from "../credentials/schema";
import { DataDurability, SynchronousMethod, type ClusterSynchronousArgs } from "./args/synchronous";

/** Kubernetes' own types, passed on unchanged: the API server validates them. */
const kubernetesObjects = z.array(z.any());

const text = z.string().min(1);

const storage = z.strictObject({
  size: size("1Gi"),
  storageClass: input(objectName).optional(),
} satisfies Fields<ClusterStorageArgs>);

const synchronous = z.strictObject({
  method: z.enum(SynchronousMethod).optional(),
  number: z.int().min(1).optional(),
  dataDurability: z.enum(DataDurability).optional(),
  failoverQuorum: z.boolean().optional(),
} satisfies Fields<ClusterSynchronousArgs>);

const placement = z.strictObject({
  hostSpread: z.enum(Spread).optional(),
  zoneSpread: z.enum(Spread).optional(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  tolerations: kubernetesObjects.optional(),
  priorityClassName: input(objectName).optional(),
} satisfies Fields<ClusterPlacementArgs>);

const database = z.strictObject({
  name: identifier.optional(),
  owner: identifier.optional(),
  ownerSecret: input(objectName).optional(),
  ...passwordRotation,
  encoding: z
    .string()
    .refine(
      (value) => SERVER_ENCODINGS.includes(value),
      refusal({
        reason: "is not a valid encoding of a PostgreSQL server",
        remedy: 'Use "UTF8", or another name from the documentation, in capital letters',
      }),
    )
    .optional(),
  localeProvider: z.enum(LocaleProvider).optional(),
  locale: text.optional(),
  dataChecksums: z.boolean().optional(),
  extensions: z.array(extensionName).optional(),
  extensionOptions: extensionOptionsSchema.optional(),
  schema: z.array(input(text)).optional(),
  schemaFiles: z.array(text).optional(),
  sql: sqlSchema.optional(),
} satisfies Fields<ClusterDatabaseArgs>);

const databaseOf = (owner: z.ZodString) =>
  z.strictObject({
    name: identifier,
    owner: owner.optional(),
    extensions: z.array(extensionName).optional(),
    extensionOptions: extensionOptionsSchema.optional(),
    connectionLimit: connectionLimit.optional(),
  } satisfies Fields<ClusterExtraDatabaseArgs>);

const networkPolicy = z.strictObject({
  enabled: z.boolean().optional(),
  clients: kubernetesObjects.optional(),
  namespaces: z.array(input(namespaceName)).optional(),
  replicaClusters: z.array(objectName).optional(),
  remoteReplicaClusters: z
    .array(
      z.strictObject({
        name: objectName,
        namespace: input(namespaceName),
      } satisfies Fields<RemoteReplicaClusterArgs>),
    )
    .optional(),
  operatorNamespace: input(namespaceName).optional(),
  watchNamespace: input(namespaceName).optional(),
  metricsFrom: kubernetesObjects.optional(),
} satisfies Fields<ClusterNetworkPolicyArgs>);

const certificates = z.strictObject({
  serverTlsSecret: input(objectName).optional(),
  serverCaSecret: input(objectName).optional(),
  clientCaSecret: input(objectName).optional(),
  replicationTlsSecret: input(objectName).optional(),
  externalNames: z.array(externalName).optional(),
} satisfies Fields<ClusterCertificatesArgs>);

/** The schema of ClusterArgs, as fields of the schema of each kind of cluster. */
export const clusterFields = {
  namespace: input(namespaceName),
  storage,
  walStorage: storage.optional(),
  clusterName: z.string().optional(),
  instances: z.int().min(1).optional(),
  nodes: z.int().min(1).optional(),
  version: z.int().max(OFFERED_POSTGRES.newest).optional(),
  image: input(z.string()).optional(),
  mirror: mirrorSchema.optional(),
  resources: resourcesSchema.optional(),
  parameters: z.record(z.string(), z.string()).optional(),
  synchronous: synchronous.optional(),
  placement: placement.optional(),
  databases: z.array(databaseOf(identifier)).optional(),
  roles: z.array(roleOf(identifier)).optional(),
  pgHba: z.array(z.string()).optional(),
  certificates: certificates.optional(),
  certificateUsers: z.array(identifier).optional(),
  backup: backupSchema.optional(),
  superuserAccess: z.boolean().optional(),
  rto: z.enum(RtoPreset).optional(),
  networkPolicy: networkPolicy.optional(),
  exposed: clusterExposedSchema.optional(),
  monitoring: monitoringSchema.optional(),
  deletionProtection: z.boolean().optional(),
  poolers: z.array(objectName).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  ...contentsFields,
  ...extensionFields,
} satisfies Fields<ClusterArgs>;

/** The fields of a cluster whose data come from elsewhere: existing names are accepted as they are. */
export const copyFields = {
  ...clusterFields,
  databases: z.array(databaseOf(existingName)).optional(),
  roles: z.array(roleOf(existingName)).optional(),
} satisfies Fields<ClusterArgs>;

/** The schema of PostgresClusterArgs. */
export const postgresClusterSchema = z.strictObject({
  ...clusterFields,
  database: database.optional(),
  replica: replicaSchema.optional(),
} satisfies Fields<PostgresClusterArgs>);
